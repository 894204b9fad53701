"""The room as Django knows it."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "linli.quarter.indicators"
    label = "indicators"

    def ready(self):
        from linli.ground.places import asked
        from linli.quarter.indicators import queries

        asked.says(queries.scheme_asked)
