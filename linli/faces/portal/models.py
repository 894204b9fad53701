"""What the residents' pages keep of their own: an officer's card, and bulletins. Nothing of any resident."""

from django.db import models


class OfficerCard(models.Model):
    """What an officer shows residents beside the name: hours, telephone, room, a photo."""

    officer = models.OneToOneField("officers.Officer", models.PROTECT, related_name="card")
    hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # of the office, never a private one
    room = models.CharField(max_length=120, blank=True)
    photo = models.BinaryField(null=True)  # JPEG, drawn anew
    photo_name = models.CharField(max_length=24, blank=True)  # in its address; another photo has another
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["officer"]

    class Privacy:
        public = ("hours", "phone", "room", "photo", "photo_name")
        internal = ("written_at", "version")


class Bulletin(models.Model):
    """A short notice for residents, or something asked, done and come of it; texts by language."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="bulletins")
    number = models.PositiveIntegerField()
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, related_name="bulletins")  # null: all
    title = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)  # what residents asked for; {} in a plain notice
    did = models.JSONField(default=dict)
    text = models.JSONField(default=dict)  # the notice itself, or what came of it
    by = models.CharField(max_length=150)
    published_at = models.DateTimeField()
    until = models.DateField(null=True)  # the last day on which it is shown
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "-published_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_bulletin_a_number")]

    class Privacy:
        public = ("number", "title", "asked", "did", "text", "published_at", "until", "withdrawn_at")
        internal = ("by", "version")
