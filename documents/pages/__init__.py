"""The data of the pages about documents. Each is read in a fixed number of queries and passed to a template."""
