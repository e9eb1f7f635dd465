"""Order one invitation letter on the database of the environment and print, as JSON, what the worker made of it."""

import json
from datetime import date

import django

django.setup()

from documents import store  # noqa: E402  Django must be ready first
from documents.models import Document  # noqa: E402
from documents.services import order_batch  # noqa: E402
from jobs.models import State  # noqa: E402
from tests.factories.accounts import UserFactory  # noqa: E402
from tests.factories.documents import SignatoryFactory, TemplateFactory  # noqa: E402
from tests.factories.registration import PresidingOfficerFactory  # noqa: E402
from tests.servers import eventually  # noqa: E402

template = TemplateFactory()
SignatoryFactory(template=template)
addressee = PresidingOfficerFactory().parliament.organisation
order_batch(
    event=template.event,
    organisations=[addressee],
    languages="es",
    date=date(2026, 4, 23),
    actor=UserFactory(is_staff=True),
)
eventually(Document.objects.exclude(state__in=[State.QUEUED, State.RUNNING]).exists)
letter = Document.objects.get()
head = store.path(letter.file_sha256).read_bytes()[:5].decode()
print(json.dumps({"state": letter.state, "error": letter.error_text, "pages": letter.pages, "begins": head}))
