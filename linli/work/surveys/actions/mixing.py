"""Breaks what a database remembers by itself: in which order rows came, and which were written together.

SQLite keeps rows in the order of their keys, and the keys are drawn at random. PostgreSQL keeps them where there was
room (``ctid``) and names the transaction of each (``xmin``): until rows are laid anew, an administrator of the
database could see that a spent token and an answer were written together. So every night, and when a wave closes, all
of its tokens, answers, words and contacts are written anew, in random order, with new keys, in one transaction. What
neither reaches: answers of the running day, backups and write-ahead logs made meanwhile, and pages not yet vacuumed.
"""

import secrets

from linli.ground.trail.actions import action, record
from linli.work.surveys.models import Answer, Contact, Token, Wave, Word, random_key

TABLES = (Token, Answer, Word, Contact)


@action
def mix(*, by, wave):
    """Lays a wave's rows anew; gives how many. Nobody's answer changes, and no table is told by its order."""
    return sum(_laid_anew(model, wave) for model in TABLES)


def _laid_anew(model, wave):
    rows = list(model.objects.filter(wave=wave).select_for_update())
    if not rows:
        return 0
    for start in range(0, len(rows), 500):
        model.objects.filter(pk__in=[row.pk for row in rows[start : start + 500]]).delete()
    for row in rows:
        row.pk, row._state.adding = random_key(), True
    secrets.SystemRandom().shuffle(rows)
    model.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@action
def mix_all(*, by):
    """Every wave that is open; asked for every night."""
    waves = list(Wave.objects.filter(state=Wave.State.OPEN))
    rows = sum(mix(by=by, wave=wave) for wave in waves)
    if rows:
        record(by=by, action="surveys.mix", waves=len(waves))
    return rows
