"""Extending a deadline for one delegation, or for an invitation without a delegation."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.windows import last_day
from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation, Extension
from tests.factories import ContactFactory, DelegationFactory, InvitationFactory, StaffFactory, WindowFactory
from tests.registration.office import page_of, said, text_of
from tests.registration.samples import draft, give_back, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def page(client: Client, delegation: Delegation):
    return client.get(page_of("delegation", "change", delegation.pk)).context["page"]


def extend(client: Client, delegation: Delegation, day: date, **fields: object) -> list[str]:
    values = {"stage": "register", "last_day": day.isoformat(), "reason": "Elections."}
    address = page_of("delegation", "extend", delegation.pk)
    return said(client.post(address, values | fields, follow=True))


def test_extending_a_deadline_is_for_this_delegation_alone(client):
    delegation = draft()
    day = delegation.event.last_day

    told = extend(client, delegation, day)

    extension = Extension.objects.get()
    assert told == ["Deadline extended. The delegation is told by e-mail."]
    assert (extension.organisation, extension.reason) == (delegation.organisation, "Elections.")
    assert [term.reason for term in page(client, delegation).terms if term.extended] == ["Elections."]


def test_extension_that_is_no_later_keeps_what_was_typed(client):
    delegation = draft()
    address = page_of("delegation", "extend", delegation.pk)

    shown = client.post(
        address, {"stage": "register", "last_day": timezone.now().date().isoformat(), "reason": "Elections."}
    )

    assert 'value="Elections."' in text_of(shown)
    assert Extension.objects.count() == 0


def test_day_that_was_mistyped_is_corrected(client):
    delegation = draft()
    wrong, right = delegation.event.last_day, delegation.event.last_day - timedelta(days=1)

    for day in (wrong, right):
        told = extend(client, delegation, day, shown=services.last_extension_time(delegation))

    assert told == ["Deadline extended. The delegation is told by e-mail."]
    assert last_day(Extension.objects.get().closes_at, delegation.event.tz) == right


def test_second_officer_who_extends_at_once_is_told_of_the_first(client):
    delegation = draft()
    day = delegation.event.last_day

    told = [extend(client, delegation, day, shown="") for _officer in range(2)]

    assert told == [
        ["Deadline extended. The delegation is told by e-mail."],
        [
            "Nothing was changed: somebody else has extended a deadline of this delegation meanwhile. "
            "Look at the deadlines that hold now."
        ],
    ]
    assert OutgoingMail.objects.filter(kind="extension").count() == 1


def test_second_officer_sees_what_the_first_has_granted(client):
    delegation = draft()
    day = delegation.event.last_day.isoformat()
    extend(client, delegation, delegation.event.last_day, shown="")

    page = client.post(
        page_of("delegation", "extend", delegation.pk),
        {"stage": "register", "last_day": day, "reason": "Floods.", "shown": ""},
    )

    assert [term.reason for term in page.context["terms"] if term.extended] == ["Elections."]
    assert page.context["form"]["shown"].value() == services.last_extension_time(delegation)


def test_invitation_that_nobody_took_up_gets_a_later_deadline(client):
    contact = ContactFactory()
    invitation = InvitationFactory(organisation=contact.parliament.organisation)
    WindowFactory(event=invitation.event)
    day = invitation.event.last_day.isoformat()

    answer = client.post(
        page_of("invitation", "extend", invitation.pk),
        {"stage": "register", "last_day": day, "reason": "Elections."},
    )

    assert answer.url == page_of("invitation", "change", invitation.pk)
    assert Extension.objects.get().organisation == invitation.organisation
    assert OutgoingMail.objects.values_list("kind", "to").get() == ("extension", contact.email)


def test_invitation_that_was_taken_up_leads_to_its_delegation(client):
    delegation = DelegationFactory(invitation=InvitationFactory())

    answer = client.get(page_of("invitation", "extend", delegation.invitation_id))

    assert answer.url == page_of("delegation", "extend", delegation.pk)


def test_only_stages_that_the_event_has_are_extended(client):
    delegation = draft()

    form = client.get(page_of("delegation", "extend", delegation.pk)).context["form"]

    assert [stage for stage, _words in form.fields["stage"].choices] == ["register"]


def test_deadline_extended_since_the_return_is_no_change_of_contents(client):
    delegation = give_back(submit(draft()))
    day = delegation.event.last_day
    extend(client, delegation, day)

    assert page(client, delegation).changes == []


def test_group_has_no_deadline_to_extend(client):
    group = DelegationFactory(organisation=None, group="press")

    assert client.get(page_of("delegation", "extend", group.pk)).status_code == 404
