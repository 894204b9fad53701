"""Questionnaires, waves of asking, and answers that nobody can lead back to whom they came from.

A token (the right to answer once) and an answer have nothing in common but wave and community: no link, no time, and
keys drawn at random, so that a table's own order says nothing either. ``actions.mixing`` says what that leaves open.
"""

import secrets

from django.db import models

from linli.ground.trail.encrypted import EncryptedText
from linli.ground.trail.immutable import WrittenOnce


def random_key():
    """A primary key that tells nothing about when a row was written."""
    return secrets.randbits(62) + 1


class RandomKey(models.BigIntegerField):
    """A key drawn at random that is also the row's place.

    SQLite keeps a table in the order of an ``integer`` key; under any other it counts the rows up unseen (``rowid``),
    which would say in which order they came.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"primary_key": True, "default": random_key, **kwargs})

    def db_type(self, connection):
        """What SQLite takes for the row's own number; 8 bytes everywhere."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Draft(models.Model):
    """A questionnaire as it is being written; publishing it makes a ``Questionnaire`` of the next version."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="survey_drafts")
    code = models.SlugField(max_length=40)
    title = models.JSONField(default=dict)  # language -> text
    questions = models.JSONField(default=list)  # ``questions.py`` says what a question is
    edition = models.PositiveIntegerField(default=1)  # rises with every save
    published = models.PositiveIntegerField(default=0)  # edition that was published last
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["bureau", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_draft_a_code")]

    class Privacy:
        internal = ("code", "title", "questions", "edition", "published", "by")


class Questionnaire(WrittenOnce):
    """A published version. It never changes: what two quarters are compared by must be the same words."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="questionnaires")
    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.JSONField()
    questions = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["bureau", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "code", "version"], name="one_questionnaire_a_version")
        ]

    class Privacy:
        public = ("code", "version", "title", "questions")
        internal = ("published_at", "published_by")

    def __str__(self):
        return f"{self.code} {self.version}"


class Wave(models.Model):
    """One time of asking: which words, whom, by which office, and how they were chosen."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    class Sampling(models.TextChoices):
        LIST = "list"  # drawn at random from a list of addresses
        ROUTE = "route"  # random walks with a fixed step
        SYMPOSIUM = "symposium"  # whoever came to a meeting
        OPEN = "open"  # whoever followed a link

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="waves")
    code = models.SlugField(max_length=40)  # 2026Q3-1
    period = models.CharField(max_length=6)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="waves")
    office = models.ForeignKey("places.Office", models.PROTECT, related_name="waves")  # who runs it
    sampling = models.CharField(max_length=10, choices=Sampling.choices)
    modes = models.JSONField(default=list)  # of qr, phone, tablet, paper
    half_width = models.FloatField(default=0.10)  # of the interval the size is planned for
    answer_rate = models.FloatField(default=0.6)  # expected
    cluster_effect = models.FloatField(default=1.0)  # what asking neighbours costs
    step = models.PositiveIntegerField(default=5)  # of a walk
    margins = models.JSONField(default=dict)  # community code or "*" -> {"sex": {…}, "age": {…}}: people
    seed = models.BigIntegerField(null=True, blank=True)
    frame_hash = models.CharField(max_length=64, blank=True)
    frame_size = models.PositiveIntegerField(default=0)
    draws = models.PositiveIntegerField(default=0)  # more than one: a draw was thrown away, the trail says why
    salt = models.CharField(max_length=64, blank=True)  # of the marks of devices; destroyed with them on closing
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=150)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["bureau", "-period", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_wave_a_code")]

    class Privacy:
        public = ("code", "period", "sampling", "state")
        internal = (
            *("modes", "half_width", "answer_rate", "cluster_effect", "step", "margins", "seed", "frame_hash"),
            *("frame_size", "draws", "opened_on", "opened_by", "closed_on", "closed_by"),
        )
        sensitive = ("salt",)

    @property
    def probability(self):
        """Whether everybody had a known chance of being asked; if not, there are no margins and no scored rate."""
        return self.sampling in (self.Sampling.LIST, self.Sampling.ROUTE)

    def __str__(self):
        return self.code


class Tally(models.Model):
    """Counts of one community in a wave. Reasons to look are counts as well, never marks on an answer."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="tallies")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_tallies")
    drawn = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    ineligible = models.PositiveIntegerField(default=0)
    quick = models.PositiveIntegerField(default=0)  # answered faster than one can read
    repeats = models.PositiveIntegerField(default=0)  # from a device that had answered before
    identical = models.PositiveIntegerField(default=0)  # of the most frequent string of answers
    called = models.PositiveIntegerField(default=0)  # called again, of those who left a contact
    changed = models.PositiveIntegerField(default=0)  # of these: would answer otherwise
    told = models.PositiveIntegerField(default=0)  # of these: had been told what to answer
    weighing = models.JSONField(default=dict)  # how the weights did; filled on closing

    class Meta:
        ordering = ["wave", "community"]
        constraints = [models.UniqueConstraint(fields=["wave", "community"], name="one_tally_a_community")]

    class Privacy:
        internal = (
            *("drawn", "answered", "refused", "unreached", "ineligible", "quick", "repeats", "identical"),
            *("called", "changed", "told", "weighing"),
        )


class Lineup(models.Model):
    """The officer whom a community's residents are to pick out, and three from elsewhere who stand beside."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="lineups")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="lineups")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="lineups")
    decoys = models.JSONField()  # codes of officers

    class Meta:
        ordering = ["wave", "community"]
        constraints = [models.UniqueConstraint(fields=["wave", "community"], name="one_lineup_a_community")]

    class Privacy:
        internal = ("decoys",)


class Token(models.Model):
    """The right to answer once. Kept as a keyed hash without any time, and gone when the wave closes."""

    id = RandomKey()
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="tokens")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_tokens")
    mark = models.CharField(max_length=64, unique=True)
    many = models.BooleanField(default=False)  # an open link: never spent
    spent = models.BooleanField(default=False)
    contacted = models.BooleanField(default=False)  # its holder has left a contact

    class Meta:
        ordering = ["mark"]

    class Privacy:
        internal = ("many", "spent", "contacted")
        sensitive = ("mark",)


class Answer(models.Model):
    """What somebody ticked. It knows its community, how it came and the week, and nothing else."""

    id = RandomKey()
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="answers")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_answers")
    mode = models.CharField(max_length=10)
    ticks = models.JSONField()  # question key -> choice
    week = models.DateField()  # its Monday

    class Meta:
        ordering = ["id"]

    class Privacy:
        sensitive = ("mode", "ticks", "week")


class Word(models.Model):
    """What somebody wrote in their own words: apart from the ticks, so that it makes nobody known by them."""

    id = RandomKey()
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="words")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_words")
    question = models.CharField(max_length=40)
    text = EncryptedText()

    class Meta:
        ordering = ["id"]

    class Privacy:
        internal = ("question",)
        sensitive = ("text",)


class Device(models.Model):
    """How often one device answered, under a salted hash that means nothing once the wave's salt is destroyed."""

    id = RandomKey()
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="devices")
    mark = models.CharField(max_length=64)
    seen = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["wave", "mark"], name="one_mark_a_wave")]

    class Privacy:
        internal = ("seen",)
        sensitive = ("mark",)


class Contact(models.Model):
    """A way to call somebody again who left it for that: without any link to token or answer, gone in 30 days."""

    id = RandomKey()
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="contacts")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_contacts")
    contact = EncryptedText()
    erase_on = models.DateField()
    drawn = models.BooleanField(default=False)  # to be called

    class Meta:
        ordering = ["id"]

    class Privacy:
        internal = ("erase_on", "drawn")
        sensitive = ("contact",)


class Result(WrittenOnce):
    """A figure of a closed wave: one question, one community, one choice ("score": what goes up to the rate)."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="results")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="survey_results")
    question = models.CharField(max_length=40)
    kind = models.CharField(max_length=15)
    value = models.CharField(max_length=40)
    answers = models.PositiveIntegerField()  # valid ones
    share = models.FloatField(null=True)
    low = models.FloatField(null=True)  # None: no margin
    high = models.FloatField(null=True)
    design_effect = models.FloatField(default=1.0)

    class Meta:
        ordering = ["wave", "community", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "community", "question", "value"], name="one_result_a_choice")
        ]

    class Privacy:
        internal = ("question", "kind", "value", "answers", "share", "low", "high", "design_effect")
