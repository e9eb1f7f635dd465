#!/usr/bin/env python
"""Convoca's command line."""

import os
import sys


def main() -> None:
    """Run one management command; a setting that makes no sense ends it with its sentence alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  after the settings module is named
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Convoca cannot start: {error}")


if __name__ == "__main__":
    main()
