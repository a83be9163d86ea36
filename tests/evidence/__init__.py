"""What must hold of paperdeck/evidence."""
