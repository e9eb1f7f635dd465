"""What people type: the shape of each field. The law of the delegation is in rules and services."""

from registration.forms.draft import DraftForm
from registration.forms.pages import AddressForm, ReturnForm, SubmitForm

__all__ = ("AddressForm", "DraftForm", "ReturnForm", "SubmitForm")
