"""The demo's events: two real events of the past, and three that are clearly marked as specimens."""
