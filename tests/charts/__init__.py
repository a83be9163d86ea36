"""What must hold of paperdeck/charts."""
