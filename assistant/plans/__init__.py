"""From goals to the whole plan: eight kinds, composed, checked, laid out for reading."""
