"""The two tables of the circular: who stands where with what points, and the leaders' days."""

from linli.book.figures import fixed, significant, whole

_AREA = 156  # mm of the text area


def results_table(shown):
    """(widths in mm, heading, rows): rank, place, officer, points of every rate, score, leader, office."""
    rates = shown.scheme.rates
    each = min(11.3, 79 / max(len(rates), 1))
    place, officer, named = (share * (_AREA - 20.5 - each * len(rates)) for share in (0.265, 0.221, 0.257))
    widths = [8, place, officer, *[each] * len(rates), 12.5, named, named]
    words = shown.words
    head = [words(f"notice.col_{name}") for name in ("rank", "place", "officer")]
    head += [shown.rate(rate.id) for rate in rates]
    head += [words(f"notice.col_{name}") for name in ("total", "leader", "office")]
    return widths, head, [_result(shown, row) for row in shown.by_rank]


def _result(shown, row):
    words = shown.words
    leaders, offices = shown.paired.get(row.community, ((), ()))
    named = [words.listed(leaders) or words("notice.no_leader"), words.listed(offices)]
    who = [_rank(shown, row), shown.place(row.community), shown.name(row.officer)]
    return [*who, *_points(shown, row), fixed(row.score, 2), *named]


def _rank(shown, row):
    if row.status == "ranked":
        return whole(row.rank)
    return shown.words("notice.exempt" if row.status.endswith("short_post") else "notice.unranked")


def _points(shown, row):
    """Points of every rate that counts; of somebody who is not appraised, none: they would be another's."""
    if row.status.endswith("short_post"):
        return [""] * len(shown.scheme.rates)
    present = {rate.id for rate in shown.present_rates(row.community)}
    figures = (shown.figures[row.community, rate.id] for rate in shown.scheme.rates)
    return [fixed(figure.points, 1) if figure.rate in present else "" for figure in figures]


def leaders_table(shown):
    """The same for the leaders' days: one row a leader and community, a column a month."""
    found, words = shown.quarter.leader_months, shown.words
    months = sorted(set(found.month))
    days = {}
    for leader, place, month, counted, due in zip(
        found.leader, found.community, found.month, found.days, found.due, strict=True
    ):
        days.setdefault((place, leader), {})[month] = (counted, due)
    head = [words("notice.col_leader"), words("notice.col_place")]
    head += [words("notice.col_month", month=int(month[-2:])) for month in months] + [words("notice.col_sum")]
    widths = [34, 38, *[20] * len(months), 24]
    rows = [
        [leader, shown.place(place), *(_days(*by_month.get(month, (0, 0))) for month in months), _sum(by_month)]
        for (place, leader), by_month in days.items()
    ]
    return widths, head, rows


def _days(counted, due):
    return f"{significant(counted)}／{significant(due)}"


def _sum(by_month):
    return _days(sum(counted for counted, _ in by_month.values()), sum(due for _, due in by_month.values()))
