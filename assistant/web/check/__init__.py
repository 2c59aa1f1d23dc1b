"""The tab in which goals and whole lists are checked while they are typed."""
