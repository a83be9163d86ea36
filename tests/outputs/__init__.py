"""What must hold of paperdeck/outputs."""
