"""What must hold of paperdeck/facts."""
