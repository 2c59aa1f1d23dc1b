"""The tab of plans."""
