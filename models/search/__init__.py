"""The search: how text is compared and indexed, what a query means, what of a record can be found."""
