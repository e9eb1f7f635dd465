"""What registration tells the apps above it, within the transaction in which it happens."""

from django.dispatch import Signal

people_moved = Signal()
"""`people`: those whose status or identity was just written, as they are now. What a receiver raises undoes it."""
