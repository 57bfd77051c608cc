"""Who may do what with which record, how long, with what reason: data, judged by pure code."""
