"""Keep each version of a template's texts, and restore old versions."""

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from documents.models import Image, Signatory, Template, TemplateVersion
from documents.rules import TRANSLATED
from events.models import Organisation


class NotRestorable(ValueError):
    """The version names something that no longer exists. The message says what."""


@transaction.atomic
def keep_version(template: Template, actor: User | None = None) -> TemplateVersion:
    """Return the version with the template's current texts; create it if the last version has other texts.

    It is called when a template is edited, and again before documents are made, so that changes by other code are
    kept as well.
    """
    locked = Template.objects.select_for_update(of=("self",)).get(pk=template.pk)
    texts, last = texts_of(locked), TemplateVersion.objects.of(locked).first()
    if last is None or last.texts != texts:
        number = last.number + 1 if last else max(locked.version, 1)
        last = TemplateVersion.objects.create(
            event_id=locked.event_id, kind=locked.kind, number=number, texts=texts, kept_by=actor
        )
    if locked.version != last.number:
        Template.objects.filter(pk=locked.pk).update(version=last.number)
    template.version = last.number
    return last


@transaction.atomic
def restore(*, template: Template, version: TemplateVersion, actor: User) -> TemplateVersion:
    """Restore the texts of an old version as the newest version of the template. Raises NotRestorable."""
    # The lock keeps two processes from both adding the signatories.
    Template.objects.select_for_update().get(pk=template.pk)
    texts = deepcopy(version.texts)
    signatories = texts.pop("signatories")
    bodies = {signatory["organisation"] for signatory in signatories} | {texts["letterhead"]} - {None}
    if Organisation.objects.filter(pk__in=bodies).count() < len(bodies):
        raise NotRestorable(_("It names an organization that no longer exists."))
    template.letterhead_id = texts.pop("letterhead")
    for name, value in texts.items():
        setattr(template, name, value)
    template.save()
    template.signatories.all().delete()
    images = {
        image.name: image
        for image in Image.objects.filter(name__in=[signatory["signature"] for signatory in signatories])
    }
    for order, signatory in enumerate(signatories):
        signature, organisation = images.get(signatory.pop("signature")), signatory.pop("organisation")
        Signatory.objects.create(
            template=template, order=order, organisation_id=organisation, signature=signature, **signatory
        )
    kept = keep_version(template, actor)
    audit.record(actor, "template.restored", template, changes={"version": [version.number, kept.number]})
    return kept


def texts_of(template: Template) -> dict[str, Any]:
    """Return all texts of the template as plain JSON: its columns by name, and the signatories."""
    return {
        "letterhead": template.letterhead_id,
        **{
            f"{field}_{code}": getattr(template, f"{field}_{code}") or ""
            for field in TRANSLATED
            for code in LANGUAGE_CODES
        },
        "signatories": [_signatory(one) for one in template.signatories.select_related("signature")],
    }


def _signatory(signatory: Signatory) -> dict[str, Any]:
    return {
        "name": signatory.name,
        **{f"title_{code}": getattr(signatory, f"title_{code}") or "" for code in LANGUAGE_CODES},
        "organisation": signatory.organisation_id,
        "signature": signatory.signature.name if signatory.signature else "",
    }
