"""Clients of the API: a token's hash, never the token; how much of the present minute it has spent."""

from django.db import models


class Client(models.Model):
    """A program that may read one bureau's figures."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="clients")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    names = models.BooleanField(default=False)  # scope "names": officers' names beside their codes
    minute = models.BigIntegerField(default=0)  # the last minute it asked in, since 1970, of the real clock
    spent = models.PositiveIntegerField(default=0)  # requests in that minute

    class Meta:
        ordering = ["bureau", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["bureau", "name"], name="one_client_a_name")]

    class Privacy:
        internal = ("name", "made_by", "made_at", "closed_at", "names", "minute", "spent")
        sensitive = ("token_hash",)
