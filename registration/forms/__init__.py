"""Forms: they check the format of each field. Rules and services check the delegation as a whole."""

from registration.forms.coordination import CoordinatorForm, InvitationAnswerForm, LostLinkForm
from registration.forms.decisions import (
    AddDelegationForm,
    AnswerForm,
    ExtensionForm,
    FunctionsForm,
    ReasonForm,
    ReturnForm,
    VersionForm,
)
from registration.forms.office import ImportForm, InviteForm
from registration.forms.pages import AddressForm
from registration.forms.parts import DetailsForm, UploadForm
from registration.forms.person import PersonForm, WhyForm
from registration.forms.requests import AddForm, LateForm
from registration.forms.submit import SubmitForm, TermsForm

__all__ = (
    "AddDelegationForm",
    "AddForm",
    "AddressForm",
    "AnswerForm",
    "CoordinatorForm",
    "DetailsForm",
    "ExtensionForm",
    "FunctionsForm",
    "ImportForm",
    "InvitationAnswerForm",
    "InviteForm",
    "LateForm",
    "LostLinkForm",
    "PersonForm",
    "ReasonForm",
    "ReturnForm",
    "SubmitForm",
    "TermsForm",
    "UploadForm",
    "VersionForm",
    "WhyForm",
)
