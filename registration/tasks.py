"""Celery's door to registration."""

from celery import shared_task
from django.conf import settings

from registration.models import LinkRequest
from registration.services import resend_link

LIMITS = settings.JOB_LIMITS[LinkRequest.queue]


@shared_task(name=LinkRequest.task, soft_time_limit=LIMITS["soft"], time_limit=LIMITS["hard"])
def resend(request_id: int) -> None:
    if request := LinkRequest.objects.claim(request_id):
        resend_link(request=request)
