"""What must hold of paperdeck/exports."""
