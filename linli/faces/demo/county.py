"""The invented county: its places, offices, people and posts, laid down through actions on the day it all began."""

import math
from datetime import date
from importlib import resources
from pathlib import Path

from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.faces.demo.people import BUREAU, BUREAU_NAME, PASSWORD, PLAIN_OFFICES, STAFF
from linli.ground.accounts import actions as accounts
from linli.ground.accounts.roles import Role
from linli.ground.officers import actions as officers
from linli.ground.places import actions as places
from linli.ground.trail import clock

BEGUN = date(2024, 12, 2)
_PLACES = (
    ("990000000000", "示範省（虛構）", "province"),
    ("990100000000", "示範市（虛構）", "city"),
    ("990125000000", "臨江縣（虛構）", "county"),
    ("990125001000", "城關鎮（虛構）", "township"),
)
_COLUMNS, _ROWS = 5, 2
_WEST, _SOUTH, _WIDTH, _HEIGHT = 0.02, 0.04, 0.16, 0.11  # degrees; the county lies at 0.00–0.20 N, 0.00–0.20 E


def folder():
    """The county book and its scheme, as shipped beside this file."""
    return Path(str(resources.files("linli.faces.demo") / "county"))


def book():
    """(``heng.evidence.Book``, ``heng.scheme.Scheme``) that the demo plays out."""
    scheme = read_scheme(folder() / "scheme.toml")
    return read_book(folder(), scheme=scheme)[0], scheme


def laid_down():
    """The ``County`` as it stood on the day before the play."""
    with clock.at(BEGUN):
        return County()


class County:
    """Everybody and everything that ``quarters`` needs to hand, by name."""

    def __init__(self):
        self.book, self.scheme_shape = book()
        text = (folder() / "scheme.toml").read_text(encoding="utf-8")
        # The demo's bureau put the scheme in force at the beginning of the year it appraises first.
        self.scheme_text = text.replace('in_force_from = "2026-01-01"', 'in_force_from = "2025-01-01"')
        self._numbers = 0
        self.users, self.offices, self.communities, self.officers, self.leaders = {}, {}, {}, {}, {}
        self._above()
        self._offices()
        self._communities()
        self._people()

    def next_number(self):
        """The number of the next circular: 臨公通〔2026〕3號."""
        self._numbers += 1
        return f"臨公通〔{clock.today().year}〕{self._numbers}號"

    def user(self, name):
        return self.users[name]

    def department(self, known_as):
        """The account of the department that the scheme calls so."""
        return next(self.users[name] for name, (*_, known, _kind) in STAFF.items() if known == known_as)

    def _account(self, name, role, **more):
        self.users[name] = accounts.open_account(
            by=self.users.get("administrator", "linli"), username=name, password=PASSWORD, role=role, **more
        )
        return self.users[name]

    def _above(self):
        self._account("administrator", Role.ADMINISTRATOR, display_name="系統管理員")
        self._account("auditor", Role.AUDITOR, display_name="審計員")
        made, by = None, self.user("administrator")
        tree = {}
        for code, name, level in _PLACES:
            made = tree[level] = places.add_place(by=by, code=code, name=name, level=level, parent=made)
        self.township = made
        self.bureau = places.add_bureau(by=by, code=BUREAU, name=BUREAU_NAME, place=tree["county"])
        self._account("province", Role.PROVINCE, scope=tree["province"], display_name="省廳")

    def _offices(self):
        by = self.user("administrator")
        for name, (role, shown, code, known_as, kind) in STAFF.items():
            if code not in self.offices:
                self.offices[code] = places.add_office(
                    by=by, bureau=self.bureau, code=code, name=code, kind=kind, known_as=known_as
                )
            self._account(name, role, bureau=self.bureau, office=self.offices[code], display_name=shown)
        for code in PLAIN_OFFICES:
            self.offices[code] = places.add_office(by=by, bureau=self.bureau, code=code, name=code)
        self._account("secretary", Role.SECRETARY, bureau=self.bureau, display_name="局黨委書記")

    def _communities(self):
        found, by = self.book.communities, self.user("personnel")
        for i, code in enumerate(found.community):
            place = places.add_place(
                by=by, code=f"990125001{i + 1:03d}", name=found.name[i], level="community", parent=self.township,
                boundary=boundary(i),
            )  # fmt: skip
            self.communities[code] = places.add_community(
                by=by, bureau=self.bureau, code=code, name=found.name[i], kind=found.kind[i],
                complex=bool(found.complex[i]), place=place, station=self.offices["派出所"],
            )  # fmt: skip
        self._account(
            "cadre", Role.CADRE, bureau=self.bureau, community=self.communities["C01"], display_name="社區幹部"
        )
        for year in (2025, 2026):
            self.facts(year)

    def facts(self, year):
        """A year's place facts, written and published."""
        found, by = self.book.communities, self.user("personnel")
        for i, code in enumerate(found.community):
            known = {name: float(values[i]) for name, values in found.facts.items()}
            places.write_facts(
                by=by, bureau=self.bureau, year=year, community=self.communities[code],
                population=int(found.population[i]), facts=known,
            )  # fmt: skip
        places.publish_facts(by=by, bureau=self.bureau, year=year)

    def _people(self):
        posts, pairings, by = self.book.posts, self.book.pairings, self.user("personnel")
        for i, code in enumerate(posts.officer):
            account = self._account(code.lower(), Role.OFFICER, bureau=self.bureau, display_name=posts.name[i])
            made = officers.add_officer(by=by, bureau=self.bureau, code=code, name=posts.name[i], account=account)
            self.officers[code] = made
        for i in range(len(posts)):
            self._post(i)
        for number, code in enumerate(dict.fromkeys(leader for leader in pairings.leader if leader), 1):
            account = self._account(f"leader{number}", Role.LEADER, bureau=self.bureau, display_name=code)
            self.leaders[code] = officers.add_leader(by=by, bureau=self.bureau, code=code, name=code, account=account)
        for i, code in enumerate(pairings.community):
            officers.pair(
                by=by, community=self.communities[code], leader=self.leaders.get(pairings.leader[i]),
                office=self.offices[pairings.office[i]], start=pairings.start[i].item(),
            )  # fmt: skip

    def _post(self, i):
        """Posts that began at the start; later ones come when their day does."""
        posts = self.book.posts
        officers.hold_post(
            by=self.user("personnel"), officer=self.officers[posts.officer[i]],
            community=self.communities[posts.community[i]], start=posts.start[i].item(), end=posts.end[i].item(),
            staffing=posts.staffing[i],
        )  # fmt: skip


def boundary(number):
    """An invented polygon, one of a grid whose corners are a little out of line (GeoJSON, degrees)."""
    column, row = number % _COLUMNS, number // _COLUMNS
    ring = [_corner(column, row), _corner(column + 1, row), _corner(column + 1, row + 1), _corner(column, row + 1)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _corner(column, row):
    shift = 0.005
    x = _WEST + _WIDTH * column / _COLUMNS + shift * math.sin(3.1 * column + 1.7 * row)
    y = _SOUTH + _HEIGHT * row / _ROWS + shift * math.cos(2.3 * column + 4.1 * row)
    return [round(x, 5), round(y, 5)]
