"""The form that connects a model: who may, what is kept of it, what is tried, how it is shown."""
