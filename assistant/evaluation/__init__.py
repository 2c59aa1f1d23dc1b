"""What evaluation runs leave behind, and what two of them say when compared."""
