"""The door for everything a quarter becomes: files in a folder, a table on a terminal, JSON.

Every file of the contract is written into one folder; whoever calls makes the whole appear at once.
"""

import json
from pathlib import Path

from linli.book import card, manifest, screen
from linli.book.shown import Shown, records
from linli.book.tables import TABLES, as_csv
from linli.book.words import Words


def write_quarter(quarter, book, out, *, lang, published, inputs, started, finished):
    """Write every file of the contract into the folder ``out`` (made if missing) and give their paths.

    lang: zh_Hant, zh_Hans or en (the circular is Chinese in all of them); published: colleagues by name on the cards;
    inputs: name -> SHA-256. The same quarter gives the same bytes, but for the manifest's two moments.
    """
    # Office libraries load slowly: printing a quarter does not wait for them.
    from linli.book import notice, scorebook

    out, shown = Path(out), Shown(quarter, book, Words(lang))
    chinese = shown if lang != "en" else Shown(quarter, book, Words("zh_Hant"))
    files = {f"{name}.csv": as_csv(name, quarter) for name in TABLES}
    files["scorebook.xlsx"] = scorebook.as_xlsx(shown)
    files["notice.docx"] = notice.as_docx(chinese)
    files |= {f"cards/{row.officer}.html": card.of_officer(shown, row, published) for row in shown.scores}
    ran = {"lang": lang, "published": published, "inputs": inputs, "started": started, "finished": finished}
    files["manifest.json"] = manifest.as_json(quarter, **ran).encode()
    (out / "cards").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return [out / name for name in files]


def printed(quarter, book, lang):
    """The quarter as a terminal shows it, at most 100 columns wide, ending in a line break."""
    return screen.of_quarter(Shown(quarter, book, Words(lang)))


def as_json(quarter, book):
    """The quarter as JSON text: the five tables, leaders' days, names, notes; figures rounded as in the files."""
    scheme = quarter.scheme
    content = {
        "format": manifest.FORMAT,
        "period": quarter.period,
        "scheme": {"name": scheme.name, "version": scheme.version},
        "seed": int(quarter.seed),
        "draws": int(quarter.draws),
        "communities": dict(zip(book.communities.community, book.communities.name, strict=True)),
        **{name: table.plain_rows(quarter) for name, table in TABLES.items()},
        "leader_months": [_month(row) for row in records(quarter.leader_months)],
        "alike": {officer: list(others) for officer, others in quarter.alike.items()},
        "notes": [{"code": code, **facts} for code, facts in quarter.notes],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _month(row):
    numbers = {"days": float(row.days), "due": float(row.due), "uncounted": int(row.uncounted)}
    return {"leader": row.leader, "community": row.community, "month": row.month, **numbers}
