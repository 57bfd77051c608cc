"""What this operator may see and do here, by the rights matrix; what was seen, for the trace."""
