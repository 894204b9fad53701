"""What one sheet must keep by itself and what the sheets say of each other. Every check skips cells already refused."""

from heng.evidence import COMMITTEE, SHARED_STAFFING
from linli.book.sheets import SHEETS
from linli.book.spans import Span, clashes_within


def problems_of(tables):
    """Every problem between the cells of a book's tables (sheet -> ``linli.book.columns.Table``), sheet by sheet."""
    found = []
    for table in tables.values():
        found.extend(_same_key(table))
        found.extend(_unknown_communities(table, tables["communities"]))
    for check in (_ids_by_case, _ended_before, _posts, _staffing, _pairings, _figures, _history, _countersigners):
        found.extend(check(tables))
    return found


def _same_key(table):
    key, seen = SHEETS[table.sheet].key, {}
    for index, values in table.lines(*key) if key else ():
        if values in seen:
            said = ", ".join(str(value) for value in values)
            yield table.problem("key_once", index, key[-1], said, key=key, first=table.rows[seen[values]])
        seen.setdefault(values, index)


def _unknown_communities(table, communities):
    known = set(communities.columns["community"])
    for index, (community,) in table.lines("community"):
        if community not in known:
            yield table.problem("known_community", index, "community", community, known=_some(known))


def _some(known):
    """A few of the known ids, enough to see what they look like."""
    names = sorted(name for name in known if isinstance(name, str))
    return [*names[:12], "…"] if len(names) > 12 else names


def _ids_by_case(tables):
    """Officers' and communities' ids name files; on many disks o01 and O01 are one file."""
    for sheet, column in (("posts", "officer"), ("communities", "community")):
        seen = {}
        for index, (found,) in tables[sheet].lines(column):
            first = seen.setdefault(found.casefold(), found)
            if first != found:
                yield tables[sheet].problem("id_case", index, column, found, other=first)


def _ended_before(tables):
    for sheet in ("posts", "pairings"):
        for index, (start, end) in tables[sheet].lines("start", "end"):
            if end is not None and end < start:
                yield tables[sheet].problem("end_after_start", index, "end", end, start=start)


def _in_order(table, *names):
    """Lines of posts or pairings whose span is one; what ends before it starts has been said."""
    for index, (start, end, *values) in table.lines("start", "end", *names):
        if end is None or end >= start:
            yield index, start, end, values


def _posts(tables):
    """One officer in one community at a time; one holder of a community at a time, unless all share it (R-60, R-62)."""
    posts = tables["posts"]
    lines = list(_in_order(posts, "officer", "community", "staffing"))
    by_officer = ((v[0], Span(index, start, end, index)) for index, start, end, v in lines)
    for officer, later, earlier in clashes_within(by_officer):
        row = posts.rows[earlier.index]
        yield posts.problem("one_post", later.index, "start", later.start, officer=officer, row=row)
    by_community = ((v[1], Span(index, start, end, _holder(v))) for index, start, end, v in lines)
    for community, later, earlier in clashes_within(by_community):
        row = posts.rows[earlier.index]
        yield posts.problem("one_holder", later.index, "start", later.start, community=community, row=row)


def _holder(values):
    officer, _, staffing = values
    return "shared" if staffing in SHARED_STAFFING else ("alone", officer)


def _staffing(tables):
    """Couple and brother posts are for complex communities only (R-60)."""
    complex_ones = {c for _, (c, is_complex) in tables["communities"].lines("community", "complex") if not is_complex}
    for index, (community, staffing) in tables["posts"].lines("community", "staffing"):
        if staffing in ("couple", "brother") and community in complex_ones:
            yield tables["posts"].problem("complex_only", index, "staffing", staffing, community=community)


def _pairings(tables):
    """A leader and an office are each paired with one community at a time (R-40)."""
    pairings = tables["pairings"]
    for column in ("leader", "office"):
        lines = _in_order(pairings, column, "community")
        keyed = ((who, Span(index, start, end, place)) for index, start, end, (who, place) in lines if who)
        for who, later, earlier in clashes_within(keyed):
            row = pairings.rows[earlier.index]
            yield pairings.problem("one_pairing", later.index, column, who, community=earlier.label, row=row)


def _figures(tables):
    """Numerator and denominator come together; both blank is a row without evidence."""
    evidence = tables["evidence"]
    for index, (numerator, denominator) in evidence.lines("numerator", "denominator"):
        if (numerator is None) != (denominator is None):
            yield evidence.problem("both_figures", index, "numerator" if numerator is None else "denominator")


def _history(tables):
    """Officers of history once held a post; ranked quarters have score and rank, the others neither."""
    history, officers = tables["history"], set(tables["posts"].columns["officer"])
    for index, (officer,) in history.lines("officer"):
        if officer not in officers:
            yield history.problem("known_officer", index, "officer", officer, known=_some(officers))
    for column in ("score", "rank"):
        for index, (value, ranked) in history.lines(column, "ranked"):
            if ranked and value is None:
                yield history.problem("ranked_has", index, column)
            if not ranked and value is not None:
                yield history.problem("unranked_has_not", index, column, f"{value:g}")


def _countersigners(tables):
    days, officers = tables["leader_days"], set(tables["posts"].columns["officer"])
    for index, (signer,) in days.lines("countersigned_by"):
        if signer not in ("", COMMITTEE) and signer not in officers:
            yield days.problem("known_signer", index, "countersigned_by", signer, known=_some(officers))
