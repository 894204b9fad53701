"""Proposed points tables as a piece of TOML: to be read, weighed, and copied into a scheme by hand."""

from pathlib import Path

from heng import calibration, pool
from heng.scheme import COUNT, MEAN, SHARE

_DIGITS = {COUNT: ".2f", SHARE: ".3f", MEAN: ".2f"}


def fragment(proposals, scheme, book, periods, words):
    """Lines: how the tables were made, then one ``[[rate]]`` with id and points per table, refusals as comments."""
    span = f"{periods[0]}..{periods[-1]}"
    yield _comment(
        words("scheme.calibrated", book=Path(book).name, periods=span, name=scheme.name, version=scheme.version)
    )
    yield _comment(words("scheme.calibrated_how"))
    yield _comment(words("scheme.calibrated_next"))
    if any(proposal.low_confidence for proposal in proposals):
        yield _comment(words("scheme.low_confidence", enough=str(pool.ENOUGH)))
    for proposal in proposals:
        yield ""
        yield from _rate(proposal, scheme.rate(proposal.rate), words)


def _rate(proposal, rate, words):
    name = words.rate(rate)
    if proposal.reason:
        facts = {"name": name, "places": str(proposal.places), "least": str(calibration.FEWEST)}
        yield _comment(words(f"scheme.{proposal.reason}", **facts))
        return
    median, low, high = (f"{value:.2f}" for value in proposal.tau)
    expected, scale = format(proposal.expected, _DIGITS[rate.kind]), words(f"scheme.scale_{rate.kind}")
    facts = {"places": str(proposal.places), "expected": expected, "scale": scale}
    yield _comment(words("scheme.calibrated_rate", name=name, tau=median, low=low, high=high, **facts))
    yield _comment(words(f"scheme.against_{proposal.against}"))
    yield "[[rate]]"
    yield f'id = "{rate.id}"'
    yield f"points = [{', '.join(f'[{value:.12g}, {points:.0f}]' for value, points in proposal.points)}]"


def _comment(sentence):
    """The sentence as one line of comment, whatever stood in a name."""
    return "# " + " ".join(sentence.split())
