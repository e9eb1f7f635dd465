"""Details and files of a delegation: saving, replacing, removing, and their audit entries."""

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import AuditEntry
from attachments.validators import FileRefused
from registration import services
from registration.editing import EditingClosed
from registration.models import Delegation, Upload
from registration.stores.uploads import UPLOADS
from tests.attachments.samples import archive, pdf
from tests.factories import AskedFieldFactory, ParticipantFactory, StaffFactory
from tests.race import at_once
from tests.registration.pictures import portrait, uploaded
from tests.registration.samples import coordinator, draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_disk")]

FILES = ("photo", "passport", "nomination")


@pytest.fixture
def delegation() -> Delegation:
    return asking(draft())


def asking(delegation: Delegation) -> Delegation:
    """A delegation whose event asks for every file."""
    for name in FILES:
        AskedFieldFactory(event=delegation.event, name=name)
    return delegation


def keep(delegation: Delegation, kind: str = "photo", data: bytes | None = None, **fields: object) -> Upload:
    name = "letter.pdf" if kind == "nomination" else "portrait.jpg"
    data = data or (pdf() if kind == "nomination" else portrait())
    values = {
        "participant": None if kind == "nomination" else delegation.participants.first(),
        "kind": kind,
        "file": uploaded(data, name),
        "actor": coordinator(delegation),
    }
    return services.store_upload(delegation=delegation, **values | fields)


def save(delegation: Delegation, **fields: object) -> Delegation:
    values = {"version": delegation.version, "actor": coordinator(delegation)}
    named = {name: fields.pop(name) for name in tuple(fields) if name not in {"version", "actor", "at"}}
    return services.save_details(delegation=delegation, fields=named, **values | fields)


def stored_files() -> list[str]:
    return sorted(path.name for path in (settings.FILES_ROOT / "registration").rglob("*") if path.is_file())


def trail() -> list[tuple[str, dict[str, object]]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "changes"))


def over(delegation: Delegation) -> None:
    """Set the end of registration to yesterday."""
    past = timezone.now() - timedelta(days=1)
    delegation.event.windows.update(opens_at=past - timedelta(days=9), closes_at=past)


def test_details_are_kept_and_the_version_rises(delegation):
    saved = save(delegation, composition="Four members", remarks="Late arrival")

    stored = Delegation.objects.get()
    assert (stored.composition, stored.remarks, stored.version) == ("Four members", "Late arrival", 2)
    assert saved.version == 2


def test_trail_keeps_no_value_of_a_personal_field(delegation):
    save(delegation, composition="Four members", remarks="Ana is ill")

    assert trail() == [
        (
            "delegation.details_saved",
            {"composition": ["", "Four members"], "remarks": [], "version": 2},
        )
    ]


def test_details_saved_unchanged_leave_no_trace(delegation):
    save(delegation, remarks="")

    assert (Delegation.objects.get().version, trail()) == (1, [])


def test_same_field_saved_in_two_tabs_is_told_to_the_later(delegation):
    save(delegation, remarks="First tab")

    with pytest.raises(services.DetailsChanged) as refusal:
        save(delegation, remarks="Second tab", version=1)

    assert refusal.value.names == ["remarks"]
    assert Delegation.objects.get().remarks == "First tab"


def test_other_parts_saved_meanwhile_do_not_hinder(delegation):
    save(delegation, composition="Four members")
    keep(delegation)

    save(delegation, remarks="Typed before", version=1)

    assert Delegation.objects.values_list("composition", "remarks").get() == ("Four members", "Typed before")


def test_version_of_no_page_is_refused(delegation):
    with pytest.raises(services.DetailsChanged):
        save(delegation, remarks="Typed", version=99)


def test_details_of_a_submitted_delegation_are_closed_with_the_window(delegation):
    Delegation.objects.update(status="submitted")
    over(delegation)

    with pytest.raises(EditingClosed):
        save(Delegation.objects.get(), remarks="Late")


def test_draft_takes_details_after_the_close(delegation):
    over(delegation)

    assert save(delegation, remarks="Late").remarks == "Late"


def test_officer_is_noted_as_acting_on_behalf(delegation):
    save(delegation, remarks="By telephone", actor=StaffFactory())

    assert [changes["on_behalf"] for _verb, changes in trail()] == [True]


@pytest.mark.parametrize("kind", FILES)
def test_file_is_kept_under_a_name_that_says_nothing(delegation, kind):
    upload = keep(delegation, kind)

    assert [upload.file.name.rpartition("/")[2]] == stored_files()
    assert Upload.objects.values_list("kind", "name").get() == (
        kind,
        "letter.pdf" if kind == "nomination" else "portrait.jpg",
    )
    assert Delegation.objects.get().version == 2


def test_scanned_letter_is_re_encoded(delegation):
    upload = keep(delegation, "nomination", file=uploaded(portrait("PNG"), "letter.png"))

    assert (upload.content_type, upload.name) == ("image/jpeg", "letter.jpg")


def test_trail_says_when_the_file_was_kept(delegation):
    moment = timezone.now() - timedelta(hours=2)

    keep(delegation, at=moment)

    assert AuditEntry.objects.get(verb="upload.kept").at == moment


def test_second_file_takes_the_place_of_the_first(delegation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = keep(delegation), keep(delegation, data=portrait("PNG"))

    assert Upload.objects.get() == second
    assert stored_files() == [second.file.name.rpartition("/")[2]]
    assert first.pk != second.pk
    assert [verb for verb, _changes in trail()] == ["upload.kept", "upload.replaced"]


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (24, 0)])
def test_removed_file_leaves_the_disk_after_a_day(
    delegation, hours, left, django_capture_on_commit_callbacks
):
    upload, now = keep(delegation), timezone.now()

    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            services.remove_upload(upload=upload, actor=coordinator(delegation), at=now)
        UPLOADS.purge(now + timedelta(hours=hours))

    assert (Upload.objects.count(), Upload.everything.count(), len(stored_files())) == (0, left, left)
    assert [verb for verb, _changes in trail()] == ["upload.kept", "upload.removed"]


def test_file_that_was_brought_back_already_is_told_so(delegation):
    upload, actor = keep(delegation), coordinator(delegation)
    services.remove_upload(upload=upload, actor=actor)
    services.restore_upload(upload=upload, actor=actor)

    with pytest.raises(services.FileGone):
        services.restore_upload(upload=upload, actor=actor)

    assert [verb for verb, _changes in trail()] == ["upload.kept", "upload.removed", "upload.restored"]
    assert Upload.objects.get() == upload


def test_removed_file_is_not_brought_back_when_nothing_can_be_changed_any_more(delegation):
    upload, actor = keep(delegation), coordinator(delegation)
    services.remove_upload(upload=upload, actor=actor)
    Delegation.objects.update(status="withdrawn")

    with pytest.raises(EditingClosed):
        services.restore_upload(upload=upload, actor=actor)

    assert Upload.everything.get().removed_at is not None


def test_person_who_is_deleted_takes_the_file_along(delegation, django_capture_on_commit_callbacks):
    keep(delegation)

    with django_capture_on_commit_callbacks(execute=True):
        delegation.participants.get().delete()

    assert stored_files() == []


def test_refused_file_leaves_the_one_before(delegation):
    kept = keep(delegation)

    with pytest.raises(FileRefused):
        keep(delegation, data=archive(a="b"))

    assert (Upload.objects.get(), stored_files()) == (kept, [kept.file.name.rpartition("/")[2]])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("photo", {"participant": None}),
        ("nomination", {"participant": "own"}),
        ("photo", {"participant": "stranger"}),
    ],
)
def test_file_of_the_wrong_owner_is_refused(delegation, kind, fields):
    people = {
        None: lambda: None,
        "own": delegation.participants.first,
        "stranger": ParticipantFactory,
    }

    with pytest.raises(services.NotAsked):
        keep(delegation, kind, participant=people[fields["participant"]]())

    assert (Upload.objects.count(), stored_files()) == (0, [])


def test_file_that_the_event_does_not_ask_for_is_refused():
    with pytest.raises(services.NotAsked):
        keep(draft())

    assert stored_files() == []


def test_letter_of_another_type_is_refused(delegation):
    with pytest.raises(FileRefused) as refusal:
        keep(delegation, "nomination", file=uploaded(archive(a="b"), "letter.zip"))

    assert refusal.value.reason == "only PDF, JPEG and PNG are accepted here."


def test_files_of_a_withdrawn_delegation_are_closed(delegation):
    Delegation.objects.update(status="withdrawn")

    with pytest.raises(EditingClosed):
        keep(delegation)


def test_opening_a_passport_is_noted_and_a_portrait_is_not(delegation):
    officer = StaffFactory()
    for kind in ("photo", "passport"):
        services.record_opening(upload=keep(delegation, kind), actor=officer)

    opened = AuditEntry.objects.filter(verb="upload.opened")
    assert [(entry.actor_id, entry.changes["kind"]) for entry in opened] == [(officer.pk, "passport")]


@pytest.mark.django_db(transaction=True)
def test_two_pictures_at_once_leave_one():
    delegation = asking(draft())
    actor = coordinator(delegation)

    done = at_once(4, partial(keep, delegation, actor=actor))

    kept = Upload.objects.get()
    assert kept in done
    assert stored_files() == [kept.file.name.rpartition("/")[2]]
    assert Delegation.objects.get().version == 5


@pytest.mark.django_db(transaction=True)
def test_racing_twins_of_the_details_have_one_winner():
    delegation = asking(draft())
    actor = coordinator(delegation)
    texts = iter("abcd")

    done = at_once(4, lambda: save(delegation, remarks=next(texts), actor=actor), services.DetailsChanged)

    assert sum(isinstance(one, Delegation) for one in done) == 1
    assert Delegation.objects.get().version == 2
