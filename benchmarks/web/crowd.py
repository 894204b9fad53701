"""A province made of one county: every row of the demo's bureau, copied for as many bureaus as are asked for."""

import copy

from django.db import connection, transaction

from linli.ground.accounts.models import User
from linli.ground.officers.models import Leader, LeaderDay, Officer, Pairing, Post
from linli.ground.places.models import Bureau, Community, CommunityFacts, FactSheet, Office
from linli.quarter.appraisal.models import Computation, Cycle, Figure, Objection, PublishedScore, Score
from linli.quarter.decisions.models import Decision, PoolMember, Proposal, TalkRecord
from linli.quarter.indicators.models import Entry, FrozenValue, RateDefinition, Revision, SchemeVersion
from linli.quarter.notices.models import Notice, Receipt
from linli.quarter.payments.models import BudgetLine, Payment, Promise

# In the order in which rows may be written: whatever a row points to stands before it.
COPIED = (
    *(Bureau, Office, Community, FactSheet, CommunityFacts, User, Officer, Post, Leader, Pairing, LeaderDay),
    *(SchemeVersion, RateDefinition, Entry, Revision, FrozenValue, Computation, Score, Figure, Cycle, PublishedScore),
    *(Objection, Proposal, Decision, TalkRecord, PoolMember, BudgetLine, Promise, Payment, Notice, Receipt),
)
OLDER = {"2025Q2": ("2024Q3", "2024Q4")}  # two more published quarters, so that there are eight
NAMED = {Bureau: "code", User: "username"}  # unique in the whole installation
_BATCH = 500


@transaction.atomic
def crowd(copies):
    """Adds ``copies`` bureaus like the first one; gives the number of bureaus."""
    _older_quarters()
    keys = {model: {} for model in COPIED}
    for model in COPIED:
        rows = list(model.objects.order_by("pk"))
        if model is User:
            rows = [row for row in rows if row.bureau_id]
        made = [_copied(row, number, keys) for number in range(1, copies + 1) for row in rows]
        model.objects.bulk_create(made, batch_size=_BATCH)
        olds = [row.pk for _ in range(copies) for row in rows]
        numbers = [number for number in range(1, copies + 1) for _ in rows]
        keys[model] = {(old, number): new.pk for old, number, new in zip(olds, numbers, made, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself where rows come one by one
    return Bureau.objects.count()


def _copied(row, number, keys):
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.adding, made._state.fields_cache = True, {}
    made.pk = None
    for field in row._meta.concrete_fields:
        if field.is_relation:
            found = keys.get(field.related_model, {}).get((getattr(row, field.attname), number))
            if found is not None:
                setattr(made, field.attname, found)
    name = NAMED.get(type(row))
    if name:
        setattr(made, name, f"{getattr(row, name)}-{number}")
    return made


def _older_quarters():
    """The first quarter once more under two older names: cycle, figures, scores, as published."""
    for period, olders in OLDER.items():
        for older in olders if Revision.objects.filter(period=period).exists() else ():
            revision = _again(Revision.objects.get(period=period, number=1), period=older)
            _all_again(FrozenValue.objects.filter(revision__period=period), revision=revision)
            source = Computation.objects.get(revision__period=period)
            computation = _again(source, revision=revision)
            for model in (Score, Figure):
                _all_again(model.objects.filter(computation=source), computation=computation)
            _again(Cycle.objects.get(period=period), period=older, current=computation)
            _all_again(PublishedScore.objects.filter(period=period), period=older, computation=computation)


def _again(row, **changes):
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.adding, made._state.fields_cache, made.pk = True, {}, None
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def _all_again(rows, **changes):
    for row in rows:
        _again(row, **changes)
