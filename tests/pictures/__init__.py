"""What must hold of paperdeck/pictures."""
