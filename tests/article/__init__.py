"""What must hold of paperdeck/article."""
