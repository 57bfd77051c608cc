"""Practice: scripted callers who are plainly invented, and the sheet after their call."""
