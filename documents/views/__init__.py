"""Pages about documents: the organiser's desk, downloads, and the public check that a document is genuine."""
