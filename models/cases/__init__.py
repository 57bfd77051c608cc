"""One person over many calls: the story, who is involved, what is to be done, whose it is."""
