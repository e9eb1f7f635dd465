"""Objects for the tests, as small as they can be and complete in both languages."""

from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.documents import BatchFactory, LetterTemplateFactory, SignatoryFactory
from tests.factories.events import (
    AttachmentFactory,
    EventFactory,
    EventMemberFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    OrganisationFactory,
    PanellistFactory,
    SessionFactory,
    WindowFactory,
)
from tests.factories.registration import (
    ContactFactory,
    DelegationFactory,
    InvitationFactory,
    ParliamentFactory,
    ParticipantFactory,
    PresidingOfficerFactory,
)

__all__ = (
    "AttachmentFactory",
    "BatchFactory",
    "ContactFactory",
    "DelegationFactory",
    "EventFactory",
    "EventMemberFactory",
    "EventOrganiserFactory",
    "EventSectionFactory",
    "InvitationFactory",
    "LetterTemplateFactory",
    "OrganisationFactory",
    "PanellistFactory",
    "ParliamentFactory",
    "ParticipantFactory",
    "PresidingOfficerFactory",
    "SessionFactory",
    "SignatoryFactory",
    "StaffFactory",
    "UserFactory",
    "WindowFactory",
)
