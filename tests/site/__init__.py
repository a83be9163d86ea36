"""What must hold of paperdeck/site."""
