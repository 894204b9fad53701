"""Drawing: who is asked is left to chance, each gets a token, and the list is given out once and kept nowhere."""

import secrets
from collections import Counter

from django.utils.translation import gettext as _

from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.work.surveys import frames, tokens
from linli.work.surveys.actions.waves import must_be_open, must_run
from linli.work.surveys.models import Tally, Token, Wave


@action
def draw_sample(*, by, wave, frame, seed=None):
    """[``frames.Drawn``] of everybody to ask, once: neither labels nor tokens can be read out of the database again.

    frame: rows as ``frames`` says. The seed is drawn by the program after the frame is read (or given, for a
    rehearsal) and recorded with the frame's hash, so that who has the list can repeat the draw. A second draw is
    refused; ``discard_draw`` throws one away and says why.
    """
    must_run(by, wave)
    must_be_open(wave)
    if wave.sampling == Wave.Sampling.OPEN:
        raise Refused(_("An open link draws nobody."), _("Make the link of each community instead."))
    tallies = _tallies(wave)
    rows = frames.checked(wave, list(frame), tallies)
    digest = frames.hash_of(rows)
    seed = secrets.randbits(62) if seed is None else seed
    size = sum(len(mine) for mine in rows.values())
    changed = {"seed": seed, "frame_hash": digest, "frame_size": size, "draws": wave.draws + 1}
    if not Wave.objects.filter(pk=wave.pk, frame_hash="", state=Wave.State.OPEN).update(**changed):
        raise Refused(
            _("The sample of this wave is drawn already."), _("If its list was lost, throw the draw away first.")
        )
    wave.refresh_from_db()
    drawn = [frames.Drawn(code, label, tokens.new()) for code, label in frames.labels_drawn(wave, rows, seed)]
    _put_away(wave, tallies, drawn)
    record(
        by=by, action="surveys.draw", subject=f"wave:{wave.code}", bureau=wave.bureau, seed=str(seed),
        frame_hash=digest, frame=size, drawn=dict(Counter(row.community for row in drawn)),
    )  # fmt: skip
    return drawn


def _put_away(wave, tallies, drawn):
    counts = Counter(row.community for row in drawn)
    for code, tally in tallies.items():
        Tally.objects.filter(pk=tally.pk).update(drawn=counts[code])
    made = [
        Token(wave=wave, community_id=tallies[row.community].community_id, mark=tokens.mark(row.token)) for row in drawn
    ]
    made.sort(key=lambda token: token.mark)  # not in the order of the list
    Token.objects.bulk_create(made, batch_size=1000)


@action
def discard_draw(*, by, wave, why):
    """Throws a draw away whose list was lost before anybody answered; it stays counted."""
    must_run(by, wave)
    must_be_open(wave)
    if not why.strip():
        raise Refused(_("Say why."), _("A draw that is thrown away could hide a choice."))
    Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)  # first the wave, then its cards, as on closing
    list(Token.objects.select_for_update().filter(wave=wave).values_list("pk", flat=True))  # who is answering, ends
    if Token.objects.filter(wave=wave, spent=True).exists():
        raise Refused(_("Somebody has already answered."), _("Go on with the list, or close the wave."))
    if (
        not Wave.objects.filter(pk=wave.pk, state=Wave.State.OPEN)
        .exclude(frame_hash="")
        .update(frame_hash="", seed=None)
    ):
        raise Refused(_("Nothing is drawn yet."))
    Token.objects.filter(wave=wave).delete()
    Tally.objects.filter(wave=wave).update(drawn=0, refused=0, unreached=0, ineligible=0)
    wave.refresh_from_db()
    record(by=by, action="surveys.discard_draw", subject=f"wave:{wave.code}", bureau=wave.bureau, why=why)
    return wave


@action
def open_door(*, by, wave, community):
    """The token of an open link, made once for a community; whoever has it may answer, so it is no sample."""
    must_run(by, wave)
    must_be_open(wave)
    if wave.probability:
        raise Refused(
            _("This wave is a sample: only who was drawn may answer."), _("Open another wave for an open link.")
        )
    if community.code not in _tallies(wave):
        raise Refused(_("This community is not asked in this wave."))
    Token.objects.filter(wave=wave, community=community, many=True).delete()  # a new link ends the old one
    token = tokens.new()
    Token.objects.create(wave=wave, community=community, mark=tokens.mark(token), many=True)
    record(by=by, action="surveys.open_door", subject=f"wave:{wave.code}", bureau=wave.bureau, community=community.code)
    return token


def _tallies(wave):
    return {tally.community.code: tally for tally in Tally.objects.filter(wave=wave).select_related("community")}
