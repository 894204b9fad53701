"""The quarter as printed on a terminal: one table of at most 100 columns, the proposals, the money, the notes."""

from heng.results import RANKED, SHORT_POST
from linli.book import reasons
from linli.book.figures import chance, fixed, significant, span, whole, yuan
from linli.book.terminal import cut, width, wrapped

WIDTH = 100
_GAP = "  "
_RIGHT = {"rank", "score", "p_last", "weight"}
_COLUMNS = ("rank", "officer", "community", "score", "interval", "rank_interval", "p_last", "weight", "status")


def of_quarter(shown):
    """The whole printed quarter, without trailing spaces, ending in a line break."""
    parts = (_heading(shown), _table(shown), _proposals(shown), _allowance(shown), _notes(shown))
    lines = [line.rstrip() for part in parts for line in (*part, "")]
    return "\n".join(lines)


def _padded(text, columns, right=False):
    space = " " * (columns - width(text))
    return space + text if right else text + space


def _heading(shown):
    words, quarter = shown.words, shown.quarter
    scheme = words(
        "screen.scheme",
        name=shown.scheme.name,
        version=shown.scheme.version,
        seed=quarter.seed,
        draws=f"{quarter.draws:,}",
    )
    title = words("screen.title", period=words.period(shown.period))
    return [title + _GAP + scheme]


def _table(shown):
    rows = [[shown.words(f"screen.{name}") for name in _COLUMNS], *(_cells(shown, row) for row in shown.by_rank)]
    rows = [[cut(cell, most) for cell, most in zip(row, _most(shown), strict=True)] for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "─" * min(WIDTH, max(map(width, lines)))
    return [lines[0], rule, *lines[1:], rule, *wrapped(shown.words("screen.alike"), WIDTH)]


def _most(shown):
    """The widest each column may be; names give way so that the line keeps to 100 columns."""
    limits = {"officer": 22, "community": 16, "status": 24 if shown.words.lang == "en" else 22}
    return [limits.get(name, 14) for name in _COLUMNS]


def _line(cells, widths):
    padded = (_padded(c, w, name in _RIGHT) for name, c, w in zip(_COLUMNS, cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _cells(shown, row):
    dash = shown.words("common.none")
    known = {
        "rank": whole(row.rank),
        "officer": f"{row.officer} {shown.name(row.officer)}",
        "community": shown.place(row.community),
        "score": fixed(row.score, 2),
        "interval": span(row.low, row.high),
        "rank_interval": span(row.rank_low, row.rank_high, 0),
        "p_last": chance(row.p_last),
        "weight": "" if row.status == SHORT_POST else significant(row.present_weight, 3) + "%",
    }
    return [known[name] or dash for name in _COLUMNS[:-1]] + [_remarks(shown, row)]


def _remarks(shown, row):
    """What the row's figures do not say by themselves."""
    words = shown.words
    if row.status != RANKED:
        key = "short_post" if row.status == SHORT_POST else "little_evidence"
        return words(f"screen.{key}", days=shown.scheme.ranking.min_days)
    missing = len(shown.missing_rates(row.community))
    said = [words("screen.tied")] if row.tied else []
    said += [words("screen.post_shared")] if shown.shares_post(row) else []
    said += [words("screen.partial", count=missing)] if missing else []
    return words.listed(said)


def _proposals(shown):
    if not shown.proposals:
        return [shown.words("screen.no_proposals")]
    lines = [shown.words("screen.proposals")]
    for case in reasons.cases(shown):
        lines += _case(shown, case)
    return lines


def _case(shown, case):
    """What is proposed of one officer for one reason: notice and talk come together."""
    words, first = shown.words, case[0]
    waits = reasons.blocks(shown, first)
    kinds = [reasons.kind(shown, proposal) for proposal in case]
    said = [f"{first.rule} {reasons.reason(shown, first)}", reasons.doubt(shown, first)]
    said += [words("screen.blocked", blocks=waits) if waits else words("screen.free")]
    if first.kind == "notice":
        key = "named" if first.leaders else "named_without_leader"
        said += [words(f"screen.{key}", names=[*first.leaders, *first.offices])]
    head = words("screen.proposal", kinds=kinds, officer=shown.person(first.officer))
    return [f"  {head}", *(line for text in said for line in wrapped(f"    {text}", WIDTH, " " * 4))]


def _allowance(shown):
    words, rule = shown.words, shown.scheme.allowance
    lines = shown.quarter.allowance
    approval = words("screen.approval") if rule.needs_funding_approval else ""
    pot = words(
        "screen.pot",
        total=yuan(lines.amount_fen.sum()),
        per_month=yuan(rule.per_month_fen),
        months=significant(float(sum(round(100 * m) for m in lines.months)) / 100),
        approval=approval,
    )
    return [words("screen.allowance"), *wrapped(f"  {pot}", WIDTH, "  ")]


def _notes(shown):
    if not shown.notes:
        return []
    lines = (line for note in shown.notes for line in wrapped(f"  · {note}", WIDTH, " " * 4))
    return [shown.words("screen.notes"), *lines]
