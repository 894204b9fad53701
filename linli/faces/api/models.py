"""Clients of the API: a token's hash, never the token."""

from django.db import models


class Client(models.Model):
    """A program that may read one bureau's figures."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="clients")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["bureau", "name", "pk"]

    class Privacy:
        internal = ("name", "made_by", "made_at", "closed_at")
        sensitive = ("token_hash",)
