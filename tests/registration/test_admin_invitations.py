"""The admin pages of parliaments and invitations: import, invite, send, replace, show."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import imports, links, services
from registration.models import Invitation, Parliament
from tests.factories import (
    ContactFactory,
    ParliamentFactory,
    PresidingOfficerFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.office import page_of, said, text_of
from tests.registration.steps import issued_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return StaffFactory()


@pytest.fixture
def client(officer) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


def invite_form(event, **fields: object) -> dict[str, object]:
    return {"event": event.pk, "status": ["member"], "group": "", "language": "own"} | fields


def test_round_of_invitations_is_counted_before_it_is_issued(client):
    event = WindowFactory().event
    ParliamentFactory(language="es", group="GRULAC")
    ParliamentFactory(status="observer")

    counted = client.post(page_of("invitation", "invite"), invite_form(event))
    before = Invitation.objects.count()
    issued = client.post(page_of("invitation", "invite"), invite_form(event, confirmed="yes"), follow=True)

    assert (counted.context["preview"].new, before) == (1, 0)
    assert said(issued) == ["1 invitation issued. Nothing has been sent yet."]
    assert Invitation.objects.get().language == "es"
    assert OutgoingMail.objects.count() == 0


def test_parliaments_picked_by_hand_are_the_only_ones(client):
    event = WindowFactory().event
    picked, _other = ParliamentFactory.create_batch(2)

    client.post(page_of("invitation", "invite"), invite_form(event, parliaments=[picked.pk], confirmed="yes"))

    assert Invitation.objects.get().organisation == picked.organisation


def test_group_narrows_the_round(client):
    event = WindowFactory().event
    arab, _other = ParliamentFactory(group="Arab"), ParliamentFactory(group="GRULAC")

    client.post(page_of("invitation", "invite"), invite_form(event, group="Arab", confirmed="yes"))

    assert Invitation.objects.get().organisation == arab.organisation


def test_round_without_anybody_is_refused(client):
    response = client.post(page_of("invitation", "invite"), invite_form(WindowFactory().event, status=[]))

    assert list(response.context["form"].errors["status"]) == ["Say who is invited."]


def test_selected_parliaments_come_to_the_form(client):
    one = ParliamentFactory()

    form = client.post(
        page_of("parliament", "changelist"), {"action": "invite", "_selected_action": [one.pk]}, follow=True
    )

    assert form.redirect_chain[-1][0] == f"{page_of('invitation', 'invite')}?parliaments={one.pk}"
    assert f'value="{one.pk}" selected' in text_of(form)


def test_links_are_sent_after_the_numbers_were_shown(client):
    reachable, lonely, sent = (issued_invitation() for _ in range(3))
    for invitation in (reachable, sent):
        ContactFactory(parliament=invitation.organisation.parliament)
    services.send_invitations(invitations=[sent], actor=None)
    selected = {"action": "send_links", "_selected_action": [one.pk for one in (reachable, lonely, sent)]}

    asked = client.post(page_of("invitation", "changelist"), selected)
    before = OutgoingMail.objects.count()
    done = client.post(page_of("invitation", "changelist"), selected | {"confirmed": "yes"}, follow=True)

    numbers = {name: asked.context[name] for name in ("reachable", "lonely", "sent")}
    assert numbers == {"reachable": 1, "lonely": 1, "sent": 1}
    assert said(done) == [
        "1 link is on its way.",
        f"Without a contact, so nothing was sent: {lonely.organisation}.",
    ]
    assert OutgoingMail.objects.count() == before + 1


def test_link_is_replaced_and_then_sent_from_its_page(client):
    invitation = issued_invitation()
    ContactFactory(parliament=invitation.organisation.parliament)

    replaced = client.post(page_of("invitation", "replace_link", invitation.pk), follow=True)
    sent = client.post(page_of("invitation", "send", invitation.pk), follow=True)

    assert said(replaced) == ["The old link opens nothing any more. The new one has not been sent yet."]
    assert said(sent) == ["1 link is on its way."]
    assert links.find(links.token(invitation.pk, 1)) is None


def test_revoked_link_shows_plainly_and_a_new_one_makes_the_invitation_valid_again(client):
    invitation = issued_invitation()
    change, changelist = page_of("invitation", "change", invitation.pk), page_of("invitation", "changelist")

    revoked = client.post(page_of("invitation", "revoke_link", invitation.pk), follow=True)
    listed = text_of(client.get(changelist, {"sent": "revoked"}))
    refused = client.post(page_of("invitation", "show_link", invitation.pk), follow=True)
    issued = client.post(page_of("invitation", "replace_link", invitation.pk), follow=True)

    assert said(revoked) == ["The link is revoked: nothing opens this invitation."]
    assert ["link revoked" in page for page in (text_of(revoked), listed)] == [True, True]
    verbs = {
        action.rstrip("/").rpartition("/")[2] for action in re.findall(r'action="([^"]+)"', text_of(revoked))
    }
    assert verbs >= {"replace-link"}
    assert verbs.isdisjoint({"send", "show-link", "revoke-link"})
    assert said(refused) == ["The personal link has been revoked. Issue a new one first."]
    assert said(issued) == ["The invitation has a new link. It has not been sent yet."]
    assert "link revoked" not in text_of(client.get(change))
    assert links.find(links.token(invitation.pk, 3)) == invitation


def test_coordinator_of_an_unknown_domain_shows_in_list_and_page(client):
    invitation = issued_invitation()
    ContactFactory(parliament=invitation.organisation.parliament, email="office@senate.example")
    known, unknown = UserFactory(email="one@senate.example"), UserFactory(email="two@gmail.com")
    delegation = services.claim_delegation(invitation=invitation, user=known, language="en")
    before = text_of(client.get(page_of("invitation", "changelist")))
    delegation.coordinators.add(unknown)

    pages = [page_of("invitation", "changelist"), page_of("invitation", "change", invitation.pk)]

    assert "address unknown to us" not in before
    assert [text_of(client.get(page)).count("address unknown to us") for page in pages] == [1, 1]


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_invitations_costs_the_same_for_one_and_many(client, count, django_assert_max_num_queries):
    for _ in range(count):
        invitation = issued_invitation()
        ContactFactory(parliament=invitation.organisation.parliament)
        services.claim_delegation(invitation=invitation, user=UserFactory(), language="en")

    with django_assert_max_num_queries(12):
        client.get(page_of("invitation", "changelist"))


def test_link_is_shown_on_one_page_only_and_that_is_on_record(client, officer):
    invitation = issued_invitation()
    token = links.token(invitation.pk, 1)

    shown = text_of(client.post(page_of("invitation", "show_link", invitation.pk)))
    others = [page_of("invitation", "changelist"), page_of("invitation", "change", invitation.pk)]

    assert token in shown
    assert [token in text_of(client.get(address)) for address in others] == [False, False]
    assert AuditEntry.objects.get(verb="invitation.link_shown").actor_id == officer.pk


def upload(client: Client, content: bytes):
    return client.post(
        page_of("parliament", "import"), {"file": SimpleUploadedFile("directory.csv", content)}
    )


def test_uploaded_directory_is_shown_then_applied(client, officer):
    content = imports.DIRECTORY.read_bytes()

    shown = upload(client, content)
    before = Parliament.objects.count()
    applied = client.post(
        page_of("parliament", "import"), {"text": shown.context["text"], "apply": "yes"}, follow=True
    )

    assert (len(shown.context["report"].added), before) == (232, 0)
    assert said(applied) == ["Parliaments added: 232; changed: 0."]
    assert Parliament.objects.count() == 232
    assert AuditEntry.objects.get(verb="parliaments.imported").actor_id == officer.pk


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "The file is not UTF-8 text. Save it as “CSV UTF-8”."),
        (b"", "The submitted file is empty."),
        (b"code,kind\n", "This column is missing."),
    ],
)
def test_bad_upload_is_told_and_offers_nothing_to_apply(client, content, sentence):
    page = text_of(upload(client, content))

    assert sentence in page
    assert "<title>Error: Import parliaments" in page
    assert 'name="apply"' not in page


def test_text_that_was_changed_between_the_two_steps_is_checked_again(client):
    response = client.post(page_of("parliament", "import"), {"text": "code\nUY\n", "apply": "yes"})

    assert "This column is missing." in text_of(response)
    assert not Parliament.objects.exists()


def test_edit_of_a_parliament_keeps_addresses_out_of_the_trail(client):
    parliament = ParliamentFactory()
    officer = PresidingOfficerFactory(parliament=parliament)
    contact = ContactFactory(parliament=parliament)
    data = {
        "organisation": parliament.organisation_id,
        "status": "observer",
        "group": "",
        "language": "en",
        "note": "",
        "presiding_officers-TOTAL_FORMS": 1,
        "presiding_officers-INITIAL_FORMS": 1,
        "presiding_officers-0-id": officer.pk,
        "presiding_officers-0-parliament": parliament.pk,
        "presiding_officers-0-name": "Specimen Speaker",
        **{
            f"presiding_officers-0-{field}": getattr(officer, field)
            for field in ("chamber", "gender", "office_en", "office_es_f", "office_es_m")
        },
        **{
            f"presiding_officers-0-salutation_{form}": getattr(officer, f"salutation_{form}")
            for form in ("en_f", "en_m", "es_f", "es_m")
        },
        "contacts-TOTAL_FORMS": 1,
        "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": contact.pk,
        "contacts-0-parliament": parliament.pk,
        "contacts-0-email": "new@parliament.example",
    }

    response = client.post(page_of("parliament", "change", parliament.pk), data)

    assert response.status_code == 302
    assert AuditEntry.objects.get().changes == {
        "status": ["member", "observer"],
        f"presidingofficer {officer.pk}: name": [],
        f"contact {contact.pk}: email": [],
    }
