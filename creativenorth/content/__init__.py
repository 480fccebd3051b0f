"""First content, loaded once; it never overwrites what somebody has edited."""
