"""Signals to the apps above, sent in the transaction of the change."""

from django.dispatch import Signal

people_moved = Signal()
"""`people`: participants with a newly saved status or identity. An exception in a receiver undoes it."""
