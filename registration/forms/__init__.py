"""What people type: the shape of each field. The law of the delegation is in rules and services."""

from registration.forms.draft import DraftForm
from registration.forms.office import ImportForm, InviteForm, ReturnForm
from registration.forms.pages import AddressForm, SubmitForm

__all__ = ("AddressForm", "DraftForm", "ImportForm", "InviteForm", "ReturnForm", "SubmitForm")
