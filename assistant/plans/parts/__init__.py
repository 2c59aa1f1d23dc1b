"""What several kinds of plans share: indicators, work, duties, risks, reviews."""
