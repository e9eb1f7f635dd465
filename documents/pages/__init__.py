"""What the pages about documents show, read in a fixed number of queries; the views hand it to their templates."""
