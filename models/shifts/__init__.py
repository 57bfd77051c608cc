"""Who is on duty and what they are doing."""
