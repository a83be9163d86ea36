"""What must hold of paperdeck/start."""
