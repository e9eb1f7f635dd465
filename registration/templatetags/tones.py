"""How pages show a status."""

from django import template

from registration.tones import tone_of

register = template.Library()

register.filter("tone", tone_of)
