"""The tree of places, the bureau of a county, its communities and offices, and a year's facts about each place."""

from django.db import models


class Place(models.Model):
    """One node of the tree; ``code`` is the national code of 2 to 15 digits, kept as text (GA/T 2000.33)."""

    class Level(models.TextChoices):
        PROVINCE = "province"
        CITY = "city"
        COUNTY = "county"
        TOWNSHIP = "township"
        COMMUNITY = "community"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON geometry, WGS 84

    class Meta:
        ordering = ["code"]

    class Privacy:
        public = ("code", "name", "level", "boundary")

    def __str__(self):
        return self.name


class Bureau(models.Model):
    """A county's public security bureau: whoever runs a quarter. ``code`` stands in addresses."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="bureaus")

    class Meta:
        ordering = ["code"]

    class Privacy:
        public = ("code", "name")

    def __str__(self):
        return self.name


class Office(models.Model):
    """A unit of the bureau, or beside it: section, brigade, station, residents' committee. Departments supply rates."""

    class Kind(models.TextChoices):
        OFFICE = "office"
        STATION = "station"
        COMMITTEE = "committee"
        OUTSIDE = "outside"

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="offices")
    code = models.CharField(max_length=40)  # as the county book's pairings and the circular name it: 政工室
    name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)  # as the scheme names it: "political and personnel office"
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OFFICE)

    class Meta:
        ordering = ["bureau", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_office_a_code")]

    class Privacy:
        public = ("code", "name", "known_as", "kind")

    def __str__(self):
        return self.name


class Community(models.Model):
    """A community (社區) that is appraised; ``code`` as in the county book."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="communities")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in ("city", "mixed", "village")])
    complex = models.BooleanField(default=False)  # couple and brother posts may be tried here
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="communities")
    station = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="communities")
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_community_a_code")]

    class Privacy:
        public = ("code", "name", "kind", "complex", "closed_on", "version")

    def __str__(self):
        return self.name


class FactSheet(models.Model):
    """A year's place facts of a bureau: a draft, then published before the year begins, then never changed."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="fact_sheets")
    year = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=150, blank=True)
    late = models.BooleanField(default=False)  # a bureau's first sheet may come after its year began, and says so

    class Meta:
        ordering = ["bureau", "-year"]
        constraints = [models.UniqueConstraint(fields=["bureau", "year"], name="one_fact_sheet_a_year")]

    class Privacy:
        public = ("year", "published_at", "published_by", "late")


class CommunityFacts(models.Model):
    """What is fixed about one community for a year: population, and place facts by name (numbers; unknown = absent)."""

    sheet = models.ForeignKey(FactSheet, models.CASCADE, related_name="rows")
    community = models.ForeignKey(Community, models.PROTECT, related_name="facts")
    population = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["sheet", "community"]
        constraints = [models.UniqueConstraint(fields=["sheet", "community"], name="one_row_of_facts_a_community")]

    class Privacy:
        public = ("population", "facts", "version")
