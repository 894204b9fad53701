"""The room as Django knows it."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "linli.quarter.appraisal"
    label = "appraisal"

    def ready(self):
        from linli.quarter.appraisal import jobs  # noqa: F401  whoever works jobs off must know this room's kind
