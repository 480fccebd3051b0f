"""The first content: what is loaded once, and never over what somebody has edited."""
