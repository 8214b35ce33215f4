"""What the diagnosis is worth: known damage, and what each detector says about it."""
