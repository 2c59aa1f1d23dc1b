"""Follow-ups: what a person asks to change in a draft is read, checked, done and told."""
