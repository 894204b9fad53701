"""Adds to access.csv the rows that are lacking, as the views' doors say: ``python -m tests.spec.write_access``.

It proposes; whoever runs it reads the difference line by line before keeping it. What a view decides by whose the
thing is, a door does not know: such rows are corrected and added by hand. Rows of addresses that are gone are removed.
"""

import csv
import os


def main():
    """Writes the table anew: what stood there stays, what is lacking is added, what is gone is removed."""
    from tests.rooms import access
    from tests.rooms.access_county import address

    before = access.rows() if access.TABLE.exists() else []
    doors = access.doors()
    known = {(door.route, door.method) for door in doors}
    kept = [row for row in before if _stays(row, access.route_of(row), known, access.LIBRARIES)]
    said = {(access.route_of(row), row.method, row.role) for row in kept}
    for door in doors:
        for role in (*access.EVERY, *(["stranger"] if "bureau" in door.kwargs else [])):
            if (door.route, door.method, role) not in said:
                kept.append(access.Row(address(door), door.method, role, _guess(door, role, access)))
    order = {door.route: place for place, door in enumerate(doors)}
    roles = list(dict.fromkeys([*access.EVERY, *access.PLAYERS, "client"]))
    kept.sort(key=lambda row: (order.get(access.route_of(row), -1), row.url, row.method, roles.index(row.role)))
    with access.TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(access.COLUMNS)
        writer.writerows((row.url, row.method, row.role, row.answer) for row in kept)
    print(f"{len(kept)} rows, {len(kept) - len(before)} more than before")


def _stays(row, route, known, libraries):
    return (route, row.method) in known or (route or "").startswith(libraries)


def _guess(door, role, access):
    if door.route.startswith(access.PROGRAMS):
        return access.REFUSED
    if door.public or role in door.roles:
        return access.ALLOWED
    return access.REFUSED


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    main()
