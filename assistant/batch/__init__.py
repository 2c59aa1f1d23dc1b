"""Old goal lists in, better ones out: reads, rewrites row by row with a journal, and writes the list back in place."""
