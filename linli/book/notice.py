"""The quarter's circular (通報), a draft for signature in the layout of GB/T 9704: facts, analysis, proposals, demands.

Only what a rule proposes is said of anybody, and always as a proposal: who is criticised is named together with the
leaders and offices bound to the post (R-43). Nothing in it is a decision.
"""

from heng import periods
from linli.book import notice_parts as parts
from linli.book.notice_tables import leaders_table, results_table
from linli.book.official import Official
from linli.book.steady import repacked

_NUMERALS = "一二三四五六七八九十"


def as_docx(shown):
    """The document's bytes; ``shown`` is in zh_Hant or zh_Hans. The same quarter gives the same bytes."""
    words = lambda key, **facts: shown.words(f"notice.{key}", **facts)  # noqa: E731
    period = shown.words.period(shown.period)
    document, title = Official(shown.words.lang), words("title", period=period)
    document.head(words("draft"), words("mark"), words("number"))
    document.title(title)
    document.recipients(words("recipients"))
    document.text(words("intro", name=shown.scheme.name, version=shown.scheme.version, period=period))
    _body(document, shown, words)
    document.sign_off(words("attachment", period=period), words("issuer"), words("date"))
    document.colophon(words("copies"), words("printed_by"), words("printed_on"))
    return repacked(document.as_bytes(title.replace("\n", "")), str(periods.last_day(shown.period)))


def _body(document, shown, words):
    sections = (
        ("facts", _facts), ("analysis", _analysis), ("proposals", _proposals), ("leaders", _leaders),
        ("money", _money), ("demands", _demands),
    )  # fmt: skip
    for numeral, (name, write) in zip(_NUMERALS, sections, strict=False):
        document.heading(f"{numeral}、{words(f'head_{name}')}")
        write(document, shown, words)


def _facts(document, shown, words):
    document.text(parts.facts(shown))
    document.table(words("table_results", period=shown.words.period(shown.period)), *results_table(shown))
    for row in shown.by_rank:
        status = parts.why_not_ranked(shown, row)
        if status:
            who = {"person": shown.name(row.officer), "place": shown.place(row.community)}
            document.text(words("not_ranked", status=status, **who))


def _analysis(document, shown, words):
    found = [("doubt", parts.doubt(shown)), ("rates", parts.rates(shown)), ("evidence", parts.evidence(shown))]
    found = [(name, text) for name, text in found if text]
    for numeral, (name, text) in zip(_NUMERALS, found, strict=False):
        document.text(text, lead=f"（{numeral}）{words(f'head_{name}')}")


def _proposals(document, shown, words):
    cases = parts.cases(shown)
    for numeral, (lead, text) in enumerate(cases, 1):
        document.text(text, lead=f"（{parts.numeral(numeral)}）{lead}")
    document.text(words("pending" if cases else "nothing"))


def _leaders(document, shown, words):
    document.text(parts.leaders(shown))
    if len(shown.quarter.leader_months):
        document.table(words("table_leaders"), *leaders_table(shown))


def _money(document, shown, words):
    document.text(parts.money(shown))


def _demands(document, shown, words):
    for number, text in enumerate(parts.demands(shown), 1):
        document.text(f"{number}．{text}")
