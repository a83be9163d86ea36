"""What must hold of paperdeck/deck."""
