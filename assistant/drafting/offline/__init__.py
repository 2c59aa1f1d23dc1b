"""The offline drafter: goals by rule, without a model."""
