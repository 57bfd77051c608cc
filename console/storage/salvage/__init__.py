"""Reading what can still be read of a damaged database, page by page, without its own order."""
