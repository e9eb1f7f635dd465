"""Celery tasks of registration."""

from celery import shared_task

from registration.models import LinkRequest
from registration.services import resend_link

(LINKS,) = LinkRequest.lanes


@shared_task(name=LINKS.task, **LINKS.limits)
def resend(request_id: int) -> None:
    if request := LinkRequest.objects.claim(request_id):
        resend_link(request=request)
