"""Results as text, JSON, Markdown and SARIF: one module a form, so that the linter loads nothing of drafts."""
