"""What must hold of paperdeck/ledger."""
