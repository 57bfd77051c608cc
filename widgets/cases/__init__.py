"""A person over many calls: the timeline, the case with story, tasks and people around, all cases of mine."""
