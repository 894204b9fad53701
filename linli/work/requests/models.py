"""A request and its steps, what was said with them, its photo; remembered routes; complaints, which stand apart.

What people wrote stands in columns and rows of its own, encrypted, so that it can be erased after its time while the
steps, which are written once, and every count stay.
"""

from django.db import models
from django.db.models import Q

from linli.ground.trail.encrypted import EncryptedText
from linli.ground.trail.immutable import WrittenOnce
from linli.work.requests.states import Group, State, group_of


class Request(models.Model):
    """One matter of one sender; nobody is named but in what the sender wrote."""

    class Channel(models.TextChoices):
        PORTAL = "portal"
        QR = "qr"
        PAPER = "paper"
        OPEN311 = "open311"
        ROUND = "round"  # an officer wrote it down on the way
        IMPORT = "import"  # another system's past, counted and never worked on

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="requests")
    public_id = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True)  # none: nobody was given a code
    client_key = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=10, blank=True)
    entered_by = models.CharField(max_length=150)  # a user name, or "resident", "open311"
    kind = models.CharField(max_length=20)
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, related_name="requests")
    cell = models.CharField(max_length=24, blank=True)  # the square of about 500 m it lies in
    words = EncryptedText(blank=True)
    place_note = EncryptedText(blank=True)
    contact = EncryptedText(blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    state = models.CharField(max_length=15, choices=State.choices, default=State.RECEIVED)
    office = models.ForeignKey("places.Office", models.PROTECT, null=True, related_name="requests")  # handed on to
    opened_at = models.DateTimeField()
    promised_on = models.DateField(null=True)  # the sender's deadline; it never moves
    due_on = models.DateField(null=True)  # the deadline of the work now: moves when a matter is reopened
    arrive_by = models.DateField(null=True)  # an office that has not taken it by then gives it back
    office_due_on = models.DateField(null=True)  # the office's own deadline, from the day it arrived
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # solved or closed
    asked_at = models.DateTimeField(null=True)  # the sender is asked whether it is solved
    sender_said = models.CharField(max_length=10, blank=True)  # solved | not_solved
    sender_said_at = models.DateTimeField(null=True)
    reopened = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    erase_contact_on = models.DateField()
    erase_words_on = models.DateField()
    erased_at = models.DateTimeField(null=True)  # words, photo and place are gone
    fault = models.CharField(max_length=120, blank=True)  # what is wrong with a row of another system
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "client_key"], condition=~Q(client_key=""), name="one_request_a_client_key"
            )
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "due_on"]),
            models.Index(fields=["bureau", "community", "kind", "opened_at"]),
            models.Index(fields=["bureau", "-opened_at"]),
            models.Index(fields=["erase_words_on"]),
        ]

    class Privacy:
        public = ("public_id", "kind", "state", "opened_at", "due_on", "promised_on", "ended_at")
        internal = (
            *("code_hash", "client_key", "channel", "language", "entered_by", "cell", "arrive_by", "office_due_on"),
            *("acknowledged_at", "asked_at", "sender_said", "sender_said_at", "reopened", "erase_contact_on"),
            *("erase_words_on", "erased_at", "fault", "version"),
        )
        sensitive = ("words", "place_note", "contact", "lat", "lon")

    code = ""  # the receipt code, on the object that was just made and nowhere else

    @property
    def group(self):
        """open, closed or solved."""
        return group_of(self.state)

    @property
    def is_open(self):
        return self.group == Group.OPEN


class Update(WrittenOnce):
    """One step: what was done, from which state to which, by whom and when. What was said stands in ``Said``."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="updates")
    step = models.CharField(max_length=20)
    state_before = models.CharField(max_length=15)
    state_after = models.CharField(max_length=15)
    office = models.ForeignKey("places.Office", models.PROTECT, null=True, related_name="request_updates")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["request", "at", "pk"]

    class Privacy:
        internal = ("step", "state_before", "state_after", "by", "at")


class Said(models.Model):
    """Words of a step; erased with the request's own."""

    update = models.OneToOneField(Update, models.PROTECT, related_name="said")
    text = EncryptedText()
    to_sender = models.BooleanField(default=False)  # the sender may read it: a public answer

    class Meta:
        ordering = ["update"]

    class Privacy:
        internal = ("to_sender",)
        sensitive = ("text",)


class Photo(models.Model):
    """A picture, drawn anew without what hides in a file, and encrypted."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="photo")
    locked = models.BinaryField()

    class Meta:
        ordering = ["request"]

    class Privacy:
        sensitive = ("locked",)


class Route(models.Model):
    """Whereto a kind of matter was handed on, so that it is suggested the next time."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="routes")
    kind = models.CharField(max_length=20)
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, related_name="routes")
    office = models.ForeignKey("places.Office", models.PROTECT, related_name="routes")
    remembered_by = models.CharField(max_length=150)
    remembered_at = models.DateTimeField()

    class Meta:
        ordering = ["bureau", "kind", "community", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "kind", "community"], name="one_route_a_kind_and_community"),
            models.UniqueConstraint(
                fields=["bureau", "kind"], condition=Q(community=None), name="one_route_a_kind_everywhere"
            ),
        ]

    class Privacy:
        internal = ("kind", "remembered_by", "remembered_at")


class Complaint(models.Model):
    """A complaint about police. Supervision alone knows of it; it is counted nowhere."""

    class State(models.TextChoices):
        RECEIVED = "received"
        TAKEN_UP = "taken_up"
        ANSWERED = "answered"
        CLOSED = "closed"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="complaints")
    number = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    client_key = models.CharField(max_length=80, blank=True)
    words = EncryptedText(blank=True)
    about = EncryptedText(blank=True)
    contact = EncryptedText(blank=True)
    answer = EncryptedText(blank=True)  # what the sender reads
    note = EncryptedText(blank=True)  # supervision's own
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    opened_at = models.DateTimeField()
    acknowledge_by = models.DateField()
    answer_by = models.DateField()
    taken_up_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erase_contact_on = models.DateField()
    erase_words_on = models.DateField()
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "client_key"], condition=~Q(client_key=""), name="one_complaint_a_client_key"
            )
        ]

    class Privacy:
        internal = ()
        sensitive = (
            *("number", "code_hash", "client_key", "words", "about", "contact", "answer", "note", "state", "opened_at"),
            *("acknowledge_by", "answer_by", "taken_up_at", "answered_at", "closed_at", "erase_contact_on"),
            *("erase_words_on", "erased_at", "version"),
        )

    code = ""  # as with a request
