"""The events that the demo shows: two real ones of the past and a workshop plainly marked as a specimen."""
