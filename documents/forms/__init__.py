"""The forms for ordering and voiding documents and for editing templates."""

from documents.forms.badges import BadgeForm
from documents.forms.invitations import InvitationOrderForm
from documents.forms.issuing import IssueForm, ReplacementForm
from documents.forms.orders import OrderForm, today
from documents.forms.papers import AgendaForm, EventPaperForm, ParticipantsForm, ProgrammeForm
from documents.forms.people import (
    CertificateForm,
    ConfirmationForm,
    PeopleOrderForm,
    PersonConfirmationForm,
    VisaLetterForm,
)
from documents.forms.templates import LogoForm, PaperTextField, PreviewForm, SignatoryForm, TemplateForm
from documents.forms.voiding import VoidForm

__all__ = (
    "AgendaForm",
    "BadgeForm",
    "CertificateForm",
    "ConfirmationForm",
    "EventPaperForm",
    "InvitationOrderForm",
    "IssueForm",
    "LogoForm",
    "OrderForm",
    "PaperTextField",
    "ParticipantsForm",
    "PeopleOrderForm",
    "PersonConfirmationForm",
    "PreviewForm",
    "ProgrammeForm",
    "ReplacementForm",
    "SignatoryForm",
    "TemplateForm",
    "VisaLetterForm",
    "VoidForm",
    "today",
)
