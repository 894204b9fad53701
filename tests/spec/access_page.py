"""Writes docs/operate/access.md from access.csv: ``python -m tests.spec.access_page``."""

from collections import defaultdict

from linli.ground.accounts.roles import Role
from tests.rooms.access import ALLOWED, TABLE, rows

PAGE = TABLE.parents[2] / "docs" / "operate" / "access.md"
SHORT = {
    "officer": "officer 社區民警", "station": "station 派出所", "department": "department 部門",
    "personnel": "personnel 政工室", "supervision": "supervision 督察", "leader": "leader 局領導",
    "secretary": "secretary 書記", "cadre": "cadre 社區幹部", "province": "province 省廳",
    "administrator": "administrator 管理員", "auditor": "auditor 審計",
}  # fmt: skip
HEAD = """# Who may open what

Written from [access.csv](../../tests/spec/access.csv) by `python -m tests.spec.access_page`; each line of that table is
tried by `tests/rooms/test_access.py` in an invented county, and an address without a line fails it. ● may, – may not.
Whoever is refused is told so, and it stands in the trail. Nobody who has not logged in may open any of these, except
where *anybody* is said; the staff of another bureau are refused whatever stands below a bureau. Where it depends on
whose the thing is, the address stands here more than once, and the last column says who else was tried.
"""


def page():
    """The page's text."""
    parts = [HEAD]
    for room, lines in _rooms().items():
        parts.append(f"## {room}\n\n| address | | {' | '.join(SHORT[role] for role in Role.values)} | besides |")
        parts.append(f"| --- | --- |{' :-: |' * len(Role.values)} --- |")
        parts += [_line(url, method, answers) for (url, method), answers in lines.items()]
        parts.append("")
    return "\n".join(parts).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def _rooms():
    found = defaultdict(lambda: defaultdict(dict))
    for row in rows():
        room = row.path.strip("/").partition("/")[0] or "desk"
        found[room][row.url, row.method][row.role] = row.answer
    return found


def _line(url, method, answers):
    cells = [{ALLOWED: "●", None: ""}.get(answers.get(role), "–") for role in Role.values]
    besides = [] if answers.get("anonymous") != ALLOWED else ["anybody"]
    besides += [
        f"{role} {'●' if answers[role] == ALLOWED else '–'}" for role in ("colleague", "client") if role in answers
    ]
    return f"| `{url}` | {method} | {' | '.join(cells)} | {', '.join(besides)} |"


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
