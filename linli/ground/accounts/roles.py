"""The roles (角色): one to an account, so that nobody does two people's part under one name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("community officer")
    STATION = "station", _("police station")
    DEPARTMENT = "department", _("department")
    PERSONNEL = "personnel", _("political and personnel office")
    SUPERVISION = "supervision", _("supervision")
    LEADER = "leader", _("bureau leader")
    SECRETARY = "secretary", _("Party committee secretary")
    CADRE = "cadre", _("community cadre")
    PROVINCE = "province", _("province viewer")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


OFFICER, STATION, DEPARTMENT, PERSONNEL, SUPERVISION, LEADER, SECRETARY, CADRE, PROVINCE, ADMINISTRATOR, AUDITOR = Role
EVERYBODY = tuple(Role)
BUREAU = (OFFICER, STATION, DEPARTMENT, PERSONNEL, SUPERVISION, LEADER, SECRETARY)  # police staff of one bureau
LEADING = (PERSONNEL, LEADER, SECRETARY)  # who sees every officer's file of the bureau
NO_BUREAU = (PROVINCE, ADMINISTRATOR, AUDITOR)
