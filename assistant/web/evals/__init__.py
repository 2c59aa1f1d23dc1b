"""The tab of evaluation runs: a list, one run, two compared. Knows nothing about how runs are made or scored."""
