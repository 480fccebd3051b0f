"""What is seen at the door and what is believed of it: scans, corrections with their reason, and closing a session."""
