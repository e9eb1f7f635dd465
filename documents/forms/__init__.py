"""What is asked of whoever orders documents, declares one void or edits a template."""

from documents.forms.invitations import InvitationOrderForm
from documents.forms.issuing import IssueForm, ReplacementForm
from documents.forms.orders import OrderForm, today
from documents.forms.papers import AgendaForm, EventPaperForm, ProgrammeForm
from documents.forms.templates import LogoForm, PaperTextField, PreviewForm, SignatoryForm, TemplateForm
from documents.forms.voiding import VoidForm

__all__ = (
    "AgendaForm",
    "EventPaperForm",
    "InvitationOrderForm",
    "LogoForm",
    "OrderForm",
    "PaperTextField",
    "PreviewForm",
    "ProgrammeForm",
    "SignatoryForm",
    "TemplateForm",
    "VoidForm",
    "today",
    "IssueForm",
)
    "ReplacementForm",
