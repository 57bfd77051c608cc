"""The trace: the chains of entries that devices send, receipts and checkpoints."""
