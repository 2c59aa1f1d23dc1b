"""The tab of whole lists: a file in, every goal rewritten or left alone, a file out. Knows no file format."""
