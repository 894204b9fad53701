"""Closing a wave: its figures are reckoned and written once, and everything that could lead back is destroyed."""

from collections import defaultdict

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused
from linli.work.surveys import counting
from linli.work.surveys.actions.mixing import mix
from linli.work.surveys.actions.waves import must_run
from linli.work.surveys.models import Answer, Device, Result, Tally, Token, Wave


@action
def close_wave(*, by, wave):
    """Reckons weights and shares, destroys tokens, marks of devices and the salt, lays the answers anew."""
    must_run(by, wave)
    Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    closing = {"state": Wave.State.CLOSED, "closed_on": clock.today(), "closed_by": name_of(by), "salt": ""}
    if not Wave.objects.filter(pk=wave.pk, state=Wave.State.OPEN).update(**closing):
        raise Refused(_("This wave is closed already."), _("Its results are on its page."))
    wave.refresh_from_db()
    list(Token.objects.select_for_update().filter(wave=wave).values_list("pk", flat=True))  # who is answering, ends
    tallies = list(Tally.objects.select_for_update().filter(wave=wave).order_by("pk"))
    ticks = defaultdict(list)
    for community, row in Answer.objects.filter(wave=wave).values_list("community_id", "ticks"):
        ticks[community].append(row)
    codes = dict(wave.tallies.values_list("community_id", "community__code"))
    for tally in tallies:
        _reckon(wave, tally, ticks[tally.community_id], codes[tally.community_id])
    Token.objects.filter(wave=wave).delete()
    Device.objects.filter(wave=wave).delete()
    mix(by=by, wave=wave)
    record(
        by=by, action="surveys.close_wave", subject=f"wave:{wave.code}", bureau=wave.bureau,
        answers=sum(len(rows) for rows in ticks.values()),
    )  # fmt: skip
    return wave


def _reckon(wave, tally, ticks, code):
    questions = wave.questionnaire.questions
    margins = wave.margins.get(code) or wave.margins.get("*") or {}
    weights, report = counting.weigh(questions, ticks, margins)
    found = counting.figures(questions, ticks, weights, wave.probability, wave.cluster_effect)
    Result.objects.bulk_create(Result(wave=wave, community_id=tally.community_id, **vars(figure)) for figure in found)
    Tally.objects.filter(pk=tally.pk).update(weighing=report, identical=counting.identical(ticks))
