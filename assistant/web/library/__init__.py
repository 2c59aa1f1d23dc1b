"""The tab of method texts, metrics and the own documents."""
