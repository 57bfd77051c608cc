"""Who must hear at once that a caller is in danger or an operator needs help, and who has."""
