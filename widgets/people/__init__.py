"""Who calls: the banner beside the call, and the sheet in which somebody is named, found and merged."""
