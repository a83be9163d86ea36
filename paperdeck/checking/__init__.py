"""What was built, seen by a browser: what leaves its place, cannot be read, leads nowhere."""
