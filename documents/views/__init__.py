"""The pages about documents: the desk, downloads, and the public verification."""
