"""The trace at the server: stretches taken, receipts and checkpoints signed, all of it verified."""
