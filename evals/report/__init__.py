"""Shows a run: terminal, Markdown, JUnit, one HTML file. All of them tell the same summary and verdict."""
