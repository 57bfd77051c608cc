"""Cases: one person over many calls, with story, tasks, people around them and their own counsellor."""
