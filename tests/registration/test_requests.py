"""Requests after a deadline, and their answers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import rules, services
from registration.deadlines import OutsideWindow
from registration.editing import EditingClosed
from registration.models import Acceptance, ChangeRequest, Delegation, Participant
from tests.factories import (
    DeclarationFactory,
    ExtensionFactory,
    ParticipantFactory,
    PlacesFactory,
    StaffFactory,
    UserFactory,
)
from tests.registration.samples import confirm, coordinator, draft, give_back, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def close(delegation: Delegation) -> Delegation:
    """Set the end of registration to yesterday."""
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(days=1))
    return delegation


def late(delegation: Delegation, **fields: object) -> ChangeRequest:
    values = {
        "version": delegation.version,
        "why": "The Bureau decided late.",
        "privacy_read": True,
        "actor": coordinator(delegation),
    }
    return services.request_late(delegation=delegation, **values | fields)


def ask(delegation: Delegation, person: Participant | None, kind: str, **proposal: object) -> ChangeRequest:
    return services.request_change(
        delegation=delegation,
        participant=person,
        kind=kind,
        proposal=proposal,
        why="She has a new office.",
        language="es",
        actor=coordinator(delegation),
    )


def answer(request: ChangeRequest, accept: bool = True, **fields: object) -> ChangeRequest:
    values = {"answer": "" if accept else "Too late.", "actor": StaffFactory()} | fields
    return services.answer_request(request=request, accept=accept, **values)


def registered(people: int = 1) -> tuple[Delegation, Participant]:
    """A confirmed delegation whose registration is closed, and its last person."""
    delegation = close(confirm(submit(draft(people=people))))
    OutgoingMail.objects.all().delete()
    return delegation, delegation.participants.select_related("delegation__event").in_order().last()


def mails() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def statuses(delegation: Delegation) -> list[str]:
    return list(delegation.participants.in_order().values_list("status", flat=True))


def test_whole_draft_is_the_late_request_and_comes_in_when_it_is_accepted():
    delegation = close(draft(people=2))

    request = late(delegation)
    assert (statuses(delegation), mails()) == (["draft", "draft"], ["request_received"])
    answer(request)

    stored = Delegation.objects.get()
    assert (stored.status, statuses(stored)) == ("submitted", ["submitted", "submitted"])
    assert mails() == ["request_received", "request_accepted"]
    assert "2 people received." in OutgoingMail.objects.get(kind="request_accepted").text


def test_people_of_an_accepted_late_request_wait_when_no_place_is_left():
    delegation = close(draft(people=2))
    PlacesFactory(event=delegation.event, places=1)

    answer(late(delegation))

    assert statuses(delegation) == ["submitted", "waitlisted"]


def test_refused_late_request_keeps_the_draft_and_says_why():
    delegation = close(draft())

    answer(late(delegation), accept=False)

    assert (Delegation.objects.get().status, statuses(delegation)) == ("draft", ["draft"])
    assert "Too late." in OutgoingMail.objects.get(kind="request_refused").text


def test_refusal_needs_an_answer():
    request = late(close(draft()))

    with pytest.raises(rules.ReasonMissing):
        answer(request, accept=False, answer="")

    assert ChangeRequest.objects.get().state == "pending"


def test_late_request_stores_what_was_declared():
    delegation = close(draft())
    declaration = DeclarationFactory(event=delegation.event)

    with pytest.raises(services.DeclarationMissing):
        late(delegation)
    late(delegation, declarations={declaration.pk: True})

    assert Acceptance.objects.values_list("declaration", "accepted").get() == (declaration.pk, True)
    assert Delegation.objects.get().privacy_read_at is not None


def test_second_late_request_is_refused_until_the_first_is_answered():
    delegation = close(draft())
    first = late(delegation)

    with pytest.raises(services.AlreadyAsked):
        late(delegation)
    answer(first, accept=False)

    assert late(delegation).state == "pending"


def test_late_request_is_for_when_registration_is_over():
    early, incomplete = draft(), close(draft(people=0))
    early.event.windows.update(opens_at=timezone.now() + timedelta(days=1))

    with pytest.raises(services.StillOpen):
        late(draft())
    with pytest.raises(OutsideWindow):
        late(early)
    with pytest.raises(services.NobodyChosen):
        late(incomplete)
    with pytest.raises(services.WhyMissing):
        late(close(draft()), why="")

    assert mails() == []


def test_late_request_is_judged_like_a_submission():
    delegation = close(draft())
    delegation.participants.update(role="delegate")

    with pytest.raises(rules.Incomplete):
        late(delegation)


def test_late_request_of_an_older_version_is_refused():
    delegation = close(draft())

    with pytest.raises(rules.VersionChanged):
        late(delegation, version=delegation.version + 1)


def test_returned_delegation_asks_after_the_close():
    delegation = close(give_back(submit(draft())))

    answer(late(delegation))

    assert Delegation.objects.get().status == "submitted"


def test_answer_for_another_version_than_the_one_seen_is_refused():
    delegation = close(draft())
    request = late(delegation)

    with pytest.raises(rules.VersionChanged):
        answer(request, version=delegation.version + 1)


def test_request_that_went_with_its_draft_is_answered_no_more():
    delegation = submit(draft())
    added = ParticipantFactory(delegation=delegation, role="delegate", function="Member", order=1)
    request = ask(delegation, added, "add")
    services.cancel_person(participant=added, reason="", actor=coordinator(delegation))
    ParticipantFactory(delegation=delegation, role="delegate", function="Member", order=2)
    submit(Delegation.objects.get())

    with pytest.raises(services.AlreadyAnswered):
        answer(request)


def test_late_request_is_done_with_when_an_extension_lets_the_delegation_in():
    delegation = close(draft())
    late(delegation)
    ExtensionFactory(event=delegation.event, organisation=delegation.organisation)

    submit(delegation)

    assert ChangeRequest.objects.get().state == "taken_back"


def test_accepted_edit_is_written_with_the_language_that_was_typed():
    delegation, person = registered()

    request = ask(delegation, person, "edit", function="Senadora", passport_expires_on=date(2030, 1, 31))
    assert Participant.objects.get().function == "Member"
    answer(request)

    person.refresh_from_db()
    assert (person.function, person.function_language) == ("Senadora", "es")
    assert (person.passport_expires_on, person.status) == (date(2030, 1, 31), "confirmed")
    assert mails() == ["request_received", "request_accepted"]


def test_accepted_edit_of_a_name_is_examined_again():
    delegation, person = registered()

    answer(ask(delegation, person, "edit", family_names="Otra"))

    person.refresh_from_db()
    assert (person.status, person.confirmed_identity["family_names"] != "Otra") == ("submitted", True)


def test_edit_of_a_field_that_was_changed_meanwhile_is_not_applied_blindly():
    delegation, person = registered()
    request = ask(delegation, person, "edit", function="Senadora")
    Participant.objects.update(function="Speaker", version=7)

    with pytest.raises(services.ProposalStale):
        answer(request)

    assert Participant.objects.get().function == "Speaker"
    assert ChangeRequest.objects.get().state == "pending"


def test_edit_is_applied_when_something_else_was_changed_meanwhile():
    delegation, person = registered()
    request = ask(delegation, person, "edit", function="Senadora")
    Participant.objects.update(diet="No nuts", version=7)

    answer(request)

    assert Participant.objects.get().function == "Senadora"


def test_accepted_cancellation_gives_the_place_to_the_next():
    delegation, person = registered(people=2)
    row = PlacesFactory(event=delegation.event, places=2, taken=2)

    answer(ask(delegation, person, "cancel"))

    row.refresh_from_db()
    assert (statuses(delegation), row.taken) == (["confirmed", "cancelled"], 1)


def test_accepted_addition_lets_one_draft_in():
    delegation, _person = registered()
    new = ParticipantFactory(delegation=delegation, function="Member", order=1)
    other = ParticipantFactory(delegation=delegation, function="Member", order=2)

    answer(ask(delegation, new, "add"))

    assert statuses(delegation) == ["confirmed", "submitted", "draft"]
    assert Delegation.objects.get().status == "submitted"
    assert Participant.objects.get(pk=other.pk).status == "draft"


def test_accepted_substitution_passes_the_place_on():
    delegation, person = registered()
    PlacesFactory(event=delegation.event, places=1, taken=1)

    answer(ask(delegation, person, "substitute", role="head", family_names="Dos", function="Senator"))

    fresh = Participant.objects.get(status="submitted")
    assert (fresh.substitutes, fresh.family_names) == (person, "Dos")


def test_change_that_cannot_be_made_leaves_the_request_pending():
    delegation, person = registered(people=2)
    request = ask(delegation, person, "substitute", role="head", family_names="Dos", function="Senator")

    with pytest.raises(rules.TwoHeads):
        answer(request)

    assert (ChangeRequest.objects.get().state, statuses(delegation)) == ("pending", ["confirmed"] * 2)
    assert mails() == ["request_received"]


def test_proposal_is_emptied_with_the_answer():
    delegation, person = registered()

    answer(ask(delegation, person, "edit", passport_number="X1234567"))

    assert ChangeRequest.objects.get().proposal == {}


def test_same_change_is_asked_for_once():
    delegation, person = registered()
    ask(delegation, person, "edit", function="Senadora")

    with pytest.raises(services.AlreadyAsked):
        ask(delegation, person, "edit", function="Diputada")


def test_person_of_another_delegation_cannot_be_asked_for():
    delegation, _person = registered()

    with pytest.raises(rules.UnknownPerson):
        ask(delegation, ParticipantFactory(), "cancel")


def test_nothing_is_asked_of_what_has_ended():
    delegation, person = registered()
    Delegation.objects.update(status="withdrawn")

    with pytest.raises(EditingClosed):
        ask(delegation, person, "cancel")


def test_request_taken_back_is_not_answered_any_more():
    delegation, person = registered()
    request = ask(delegation, person, "cancel")

    services.take_back(request=request, actor=coordinator(delegation))

    with pytest.raises(services.AlreadyAnswered):
        answer(request)
    assert ChangeRequest.objects.get().state == "taken_back"


def test_withdrawal_takes_back_what_was_asked_for():
    delegation, person = registered()
    ask(delegation, person, "edit", function="Senadora")

    services.withdraw_delegation(
        delegation=delegation, version=delegation.version, actor=coordinator(delegation)
    )

    assert ChangeRequest.objects.get().state == "taken_back"


def test_every_coordinator_is_told_and_no_mail_repeats_what_was_typed():
    delegation, person = registered()
    delegation.coordinators.add(second := UserFactory())

    answer(ask(delegation, person, "edit", function="www.evil.example"))

    told = OutgoingMail.objects.values_list("kind", "to")
    first = coordinator(delegation).email
    kinds = ("request_received", "request_accepted")
    assert sorted(told) == sorted((kind, to) for kind in kinds for to in (first, second.email))
    assert [
        mail.kind for mail in OutgoingMail.objects.all() if "evil" in mail.text or "new office" in mail.text
    ] == []


def test_trail_tells_what_was_asked_and_answered_without_the_values():
    delegation, person = registered()

    answer(ask(delegation, person, "edit", passport_number="X1234567"), answer="Granted.")

    lines = AuditEntry.objects.filter(verb__startswith="request").order_by("pk")
    assert list(lines.values_list("verb", "changes")) == [
        ("request.made", {"kind": "edit"}),
        ("request.accepted", {"kind": "edit", "reason": "Granted."}),
    ]
