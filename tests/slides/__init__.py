"""What must hold of paperdeck/slides."""
