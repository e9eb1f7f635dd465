from datetime import timedelta

import factory
from django.utils import timezone

from events.models import Organisation
from registration.models import (
    AskedField,
    ChangeRequest,
    Circular,
    Contact,
    Declaration,
    Delegation,
    Extension,
    Invitation,
    Parliament,
    Participant,
    Places,
    PresidingOfficer,
    Reminder,
    Rule,
)
from tests.factories.events import EventFactory, OrganisationFactory


class ParliamentOrganisationFactory(OrganisationFactory):
    code = factory.Sequence(lambda n: f"P{n}")
    kind = Organisation.Kind.NATIONAL
    name_en = factory.LazyAttribute(lambda o: f"Parliament of Specimen {o.code}")
    name_es = factory.LazyAttribute(lambda o: f"Parlamento de Muestra {o.code}")
    country_en = factory.LazyAttribute(lambda o: f"Specimen {o.code}")
    country_es = factory.LazyAttribute(lambda o: f"Muestra {o.code}")


class ParliamentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Parliament

    organisation = factory.SubFactory(ParliamentOrganisationFactory)


class PresidingOfficerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PresidingOfficer

    parliament = factory.SubFactory(ParliamentFactory)
    office_en = "Speaker of the Parliament"
    office_es_f = "Presidenta del Parlamento"
    office_es_m = "Presidente del Parlamento"
    salutation_en_f = "Madam Speaker"
    salutation_en_m = "Mr. Speaker"
    salutation_es_f = "Señora Presidenta"
    salutation_es_m = "Señor Presidente"


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    parliament = factory.SubFactory(ParliamentFactory)
    email = factory.Sequence(lambda n: f"international-{n}@parliament.example")


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation whose organisation is a parliament."""

    class Meta:
        model = Invitation

    event = factory.SubFactory(EventFactory)
    organisation = factory.LazyFunction(lambda: ParliamentFactory().organisation)
    language = Invitation.Language.EN


class DelegationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delegation
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory)
    organisation = factory.LazyFunction(lambda: ParliamentFactory().organisation)

    @factory.post_generation
    def coordinators(self, create, extracted, **kwargs):
        self.coordinators.set(extracted or [])
        if extracted:
            self.lead = extracted[0]
            self.save(update_fields=["lead"])


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    delegation = factory.SubFactory(DelegationFactory)
    given_names = "Specimen"
    family_names = factory.Sequence(lambda n: f"Person {n}")


class RuleFactory(factory.django.DjangoModelFactory):
    """A rule with severity warning: at most four people in total."""

    class Meta:
        model = Rule

    event = factory.SubFactory(EventFactory)
    kind = Rule.Kind.MAXIMUM
    number = 4


class PlacesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Places

    event = factory.SubFactory(EventFactory)
    places = 40


class AskedFieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AskedField

    event = factory.SubFactory(EventFactory)
    name = "function"


class DeclarationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Declaration

    event = factory.SubFactory(EventFactory)
    statement_en = "I accept the code of conduct."
    statement_es = "Acepto el código de conducta."
    text_en = "<p>Be kind.</p>"
    text_es = "<p>Trate a los demás con respeto.</p>"


class ExtensionFactory(factory.django.DjangoModelFactory):
    """Registration stays open for a fortnight from now."""

    class Meta:
        model = Extension

    event = factory.SubFactory(EventFactory)
    organisation = factory.LazyFunction(lambda: ParliamentFactory().organisation)
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ChangeRequestFactory(factory.django.DjangoModelFactory):
    """A late registration that waits for the secretariat."""

    class Meta:
        model = ChangeRequest

    delegation = factory.SubFactory(DelegationFactory)
    kind = ChangeRequest.Kind.LATE
    why = "The Bureau decided late."


class ReminderFactory(factory.django.DjangoModelFactory):
    """A reminder that is due thirty days before the deadline: at once, with the window of WindowFactory."""

    class Meta:
        model = Reminder

    event = factory.SubFactory(EventFactory)
    audience = Reminder.Audience.NOT_STARTED
    days_before = 30


class CircularFactory(factory.django.DjangoModelFactory):
    """A draft to everybody invited, complete in both languages."""

    class Meta:
        model = Circular

    event = factory.SubFactory(EventFactory)
    subject_en = "practical information"
    subject_es = "información práctica"
    text_en = "The venue opens at 08:00."
    text_es = "La sede abre a las 08:00."
    recipients = Circular.Recipients.INVITED
