"""An account: a person's way in, with one role, in one bureau or above all of them."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from linli.ground.accounts.roles import Role


class User(AbstractUser):
    """Never deleted, only closed (``is_active`` false): what somebody did stays theirs in the trail."""

    role = models.CharField(max_length=15, choices=Role.choices)
    bureau = models.ForeignKey("places.Bureau", models.PROTECT, null=True, blank=True, related_name="accounts")
    office = models.ForeignKey("places.Office", models.PROTECT, null=True, blank=True, related_name="accounts")
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, blank=True, related_name="cadres")
    scope = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="viewers")
    display_name = models.CharField(max_length=80, blank=True)
    seen_login_at = models.DateTimeField(null=True, blank=True)  # the login before this one, shown at the top
    seen_login_from = models.CharField(max_length=64, blank=True)
    last_login_from = models.CharField(max_length=64, blank=True)
    password_handed = models.BooleanField(default=False)  # somebody else chose it: its owner must choose another

    class Meta:
        ordering = ["username"]

    class Privacy:
        internal = ("username", "role", "is_active", "is_staff", "is_superuser", "date_joined", "password_handed")
        personal = (
            *("display_name", "first_name", "last_name", "email", "last_login"),
            *("seen_login_at", "seen_login_from", "last_login_from"),
        )
        sensitive = ("password",)

    def get_full_name(self):
        return self.display_name or self.username

    def __str__(self):
        return self.get_full_name()
