"""One file a command; each exports `COMMAND` and imports nothing heavy before its body runs."""
