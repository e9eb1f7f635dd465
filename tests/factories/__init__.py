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
    AskedFieldFactory,
    ChangeRequestFactory,
    ContactFactory,
    DeclarationFactory,
    DelegationFactory,
    ExtensionFactory,
    InvitationFactory,
    ParliamentFactory,
    ParticipantFactory,
    PlacesFactory,
    PresidingOfficerFactory,
    RuleFactory,
)

__all__ = (
    "AskedFieldFactory",
    "AttachmentFactory",
    "BatchFactory",
    "ChangeRequestFactory",
    "ContactFactory",
    "DeclarationFactory",
    "DelegationFactory",
    "EventFactory",
    "EventMemberFactory",
    "EventOrganiserFactory",
    "EventSectionFactory",
    "ExtensionFactory",
    "InvitationFactory",
    "LetterTemplateFactory",
    "OrganisationFactory",
    "PanellistFactory",
    "ParliamentFactory",
    "ParticipantFactory",
    "PlacesFactory",
    "PresidingOfficerFactory",
    "RuleFactory",
    "SessionFactory",
    "SignatoryFactory",
    "StaffFactory",
    "UserFactory",
    "WindowFactory",
)
