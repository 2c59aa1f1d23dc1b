"""Lays out a plan's outline as Markdown, a web page, Word, Excel or a calendar."""
