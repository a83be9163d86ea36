"""What must hold of paperdeck/diagrams."""
