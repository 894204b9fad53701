"""What a circular says: its parts as they are drafted, and which of them may be edited.

``opening`` and ``demands`` are the writer's. The rest is fixed: what was found, how sure it is, who is named with the
officer, and the right to object (R-36, R-43) follow from the decision and the frozen quarter.
"""

from linli.book import reasons
from linli.book.figures import fixed, yuan
from linli.book.words import Words
from linli.quarter.appraisal import queries as appraisal
from linli.quarter.decisions.wording import Wording

FREE = ("opening", "demands")
WORDS = Wording("linli.quarter.notices")
KIND_OF = {"notice": "criticism", "award": "praise", "nomination": "praise"}  # what follows from a decision


def title(decision):
    """The circular's title."""
    proposal = decision.proposal
    key = "title_criticism" if proposal.kind == "notice" else f"title_{proposal.kind}"
    return WORDS(key, **_who(proposal))


def parts(decision, leaders, offices):
    """[[part, text], …] of a new draft; leaders and offices: [[code, name], …] of whom it names with the officer."""
    proposal = decision.proposal
    kind = KIND_OF[proposal.kind]
    shown = appraisal.shown(proposal.computation, "zh_Hant")
    facts = _of_bottom(proposal, shown) if kind == "criticism" else _of_year(proposal)
    return [
        ["opening", _opening(proposal, shown, kind)],
        *facts,
        ["decision", _decided(decision, kind)],
        ["named", named(kind, leaders, offices)],
        ["demands", WORDS(f"demands_{kind}", **_who(proposal))],
        ["object", WORDS("object")],
        ["internal", WORDS("internal")],
    ]


def named(kind, leaders, offices):
    """The sentence that names leaders and offices together with the officer, or says that no leader is paired."""
    key = f"named_{kind}" if leaders else f"named_{kind}_without_leader"
    return WORDS(key, leaders=[name for _, name in leaders], offices=[name for _, name in offices])


def text_of(paragraphs, part):
    """What a circular says in one part, a line for each paragraph."""
    return "\n".join(text for its, text in paragraphs if its == part)


def rewritten(paragraphs, opening, demands):
    """The parts with another opening and other demands, a paragraph for each line; the fixed ones as they are."""
    made = []
    lines = {"opening": opening.splitlines(), "demands": demands.splitlines()}
    for part, text in paragraphs:
        if part not in FREE:
            if part == "object":  # demands stand before the right to object, even where there were none
                made += [["demands", line] for line in lines.pop("demands", ())]
            made.append([part, text])
        else:
            made += [[part, line] for line in lines.pop(part, ())]
    return made


def correction(notice, why):
    """(title, parts) of the circular that withdraws another: the same persons, to the same readers."""
    leaders, offices = [name for _, name in notice.leaders], [name for _, name in notice.offices]
    key = "withdrawn_named" if leaders else "withdrawn_named_without_leader"
    who = {"person": notice.officer.name, "place": notice.community.name}
    return WORDS("title_correction", number=notice.number), [
        ["withdrawn", WORDS("withdrawn", title=notice.title, number=notice.number, why=why.rstrip("。."))],
        ["named", WORDS(key, leaders=leaders, offices=offices, **who)],
        ["readers", WORDS("withdrawn_readers")],
        ["internal", WORDS("internal")],
    ]


def _who(proposal):
    return {"place": proposal.community.name, "person": proposal.officer.name}


def _opening(proposal, shown, kind):
    period = Words("zh_Hant").period(proposal.cycle.period)
    scheme = f"{shown.scheme.name} {shown.scheme.version}"
    return WORDS(f"opening_{kind}", scheme=scheme, period=period, year=proposal.facts.get("year", ""))


def _of_bottom(proposal, shown):
    facts, period = proposal.facts, Words("zh_Hant").period(proposal.cycle.period)
    said = WORDS(
        "facts_bottom", period=period, score=fixed(facts["score"], 2), ranked=facts["ranked"], rank=facts["rank"],
        **_who(proposal),
    )  # fmt: skip
    if facts["streak"] > 1:
        said += WORDS("facts_streak", streak=facts["streak"])
    yield ["facts", said]
    yield ["points", WORDS("points", points=list(_points(proposal, shown)))]
    row = next(
        one for one in shown.proposals if (one.officer, one.kind) == (proposal.officer.code, proposal.kind)
    )  # colleagues are counted here and not named: the circular is about one officer
    yield ["doubt", WORDS("doubt", doubt=reasons.doubt(shown, row, names=False))]


def _points(proposal, shown):
    place = proposal.community.code
    present = {rate.id for rate in shown.present_rates(place)}
    for rate in shown.scheme.rates:
        if rate.id in present:
            yield WORDS("point", rate=shown.rate(rate.id), points=fixed(shown.figures[place, rate.id].points, 1))
        else:
            yield WORDS("no_point", rate=shown.rate(rate.id))


def _of_year(proposal):
    facts = proposal.facts
    yield [
        "facts",
        WORDS(
            "facts_year", year=facts["year"], count=len(facts["quarters"]), mean=fixed(facts["mean"], 2),
            ranked=facts["ranked"], rank=facts["rank"], **_who(proposal),
        ),
    ]  # fmt: skip


def _decided(decision, kind):
    proposal = decision.proposal
    key = "decided_by_minute" if decision.minute_number else "decided_by_secretary"
    said = {"decided": WORDS(key, minute=decision.minute_number), "person": proposal.officer.name}
    if kind == "praise":
        said["amount"] = yuan(proposal.facts["amount_fen"])
    return WORDS(f"decided_{'criticism' if kind == 'criticism' else proposal.kind}", **said)
