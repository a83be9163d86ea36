"""What must hold of paperdeck/maths."""
