"""From an aim to goals: brief, questions, both drafters, verdict."""
