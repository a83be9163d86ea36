"""What must hold of paperdeck/live."""
