"""The room as Django knows it."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "linli.work.disputes"
    label = "disputes"
