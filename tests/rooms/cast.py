"""The cast: an invented bureau with somebody in every role, laid into the database row by row for tests of one room.

The people: ``cast.officer("O08")`` (account o08), ``cast.user("personnel")``, ``"secretary"``, ``"supervision"``,
``"station"``, ``"cadre"``, ``"province"``, ``"administrator"``, ``"auditor"``, leaders ``"leader1"``…``"leader7"``, and
one account for each department that supplies or verifies a rate (``cast.department("command centre")``). A second
bureau ("yuanshan") has a personnel account ``"stranger"`` who must see nothing.
"""

from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Leader, LeaderDay, Officer, Pairing, Post
from linli.ground.places.models import Bureau, Community, CommunityFacts, FactSheet, Office, Place
from linli.quarter.indicators.models import Entry, SchemeVersion

COUNTY = Path(__file__).resolve().parents[2] / "examples" / "county"
DEPARTMENTS = {  # as the scheme names them -> (account, code in the county book)
    "residents' committee": ("committee", "社區居民委員會"),
    "political and personnel office": ("personnel", "政工室"),
    "command centre": ("command", "指揮中心"),
    "supervision office": ("supervision", "督察大隊"),
    "public-order brigade": ("publicorder", "治安大隊"),
    "investigation brigade": ("investigation", "刑偵大隊"),
    "police station": ("station", "派出所"),
    "mediation committee": ("mediation", "人民調解委員會"),
    "governance centre": ("governance", "綜治中心"),
}
PLAIN_OFFICES = ("戶政股", "法制股", "交警大隊", "後勤股", "出入境股", "監所股")
_ROLES = {"personnel": Role.PERSONNEL, "supervision": Role.SUPERVISION, "station": Role.STATION}
THEN = datetime(2026, 1, 5, 1, tzinfo=UTC)


class Cast:
    """Everybody and everything of the invented bureau; ``figures=True`` adds six quarters of departments' figures."""

    def __init__(self, figures=False):
        self.book, _ = read_book(COUNTY, scheme=read_scheme(COUNTY / "scheme.toml"))
        self._places()
        self._offices()
        self._communities()
        self._officers()
        self._others()
        self.scheme = SchemeVersion.objects.create(
            bureau=self.bureau, name="default", version="2026.1", text=(COUNTY / "scheme.toml").read_text("utf-8"),
            pool_text=(COUNTY / "pool.toml").read_text("utf-8"), state=SchemeVersion.State.IN_FORCE,
            in_force_from=date(2025, 1, 1), approved_at=THEN, approved_by="secretary", minute_number="2024-31",
        )  # fmt: skip
        if figures:
            self._figures()

    def user(self, name):
        return User.objects.get(username=name)

    def officer(self, code):
        return Officer.objects.get(bureau=self.bureau, code=code)

    def community(self, code):
        return Community.objects.get(bureau=self.bureau, code=code)

    def department(self, known_as):
        return self.user(DEPARTMENTS[known_as][0])

    @cached_property
    def rates(self):
        return [rate.id for rate in read_scheme(COUNTY / "scheme.toml").rates]

    def _account(self, name, role, **more):
        user = User(username=name, role=role, **more)
        user.set_password("a long password")
        user.save()
        return user

    def _places(self):
        province = Place.objects.create(code="990000000000", name="湘北省（虛構）", level="province")
        city = Place.objects.create(code="990100000000", name="瀟南市（虛構）", level="city", parent=province)
        county = Place.objects.create(code="990125000000", name="臨江縣（虛構）", level="county", parent=city)
        other = Place.objects.create(code="990126000000", name="遠山縣（虛構）", level="county", parent=city)
        self.province = province
        self.bureau = Bureau.objects.create(code="linjiang", name="臨江縣公安局", place=county)
        self.other_bureau = Bureau.objects.create(code="yuanshan", name="遠山縣公安局", place=other)

    def _offices(self):
        kinds = {"派出所": "station", "社區居民委員會": "committee", "人民調解委員會": "outside", "綜治中心": "outside"}
        for known_as, (account, code) in DEPARTMENTS.items():
            office = Office.objects.create(
                bureau=self.bureau, code=code, name=code, known_as=known_as, kind=kinds.get(code, "office")
            )
            role = _ROLES.get(account, Role.DEPARTMENT)
            self._account(account, role, bureau=self.bureau, office=office, display_name=code)
        for code in PLAIN_OFFICES:
            Office.objects.create(bureau=self.bureau, code=code, name=code)

    def _communities(self):
        places, station = self.book.communities, Office.objects.get(bureau=self.bureau, kind="station")
        sheet = FactSheet.objects.create(bureau=self.bureau, year=2025, published_at=THEN, published_by="personnel")
        for i, code in enumerate(places.community):
            made = Community.objects.create(
                bureau=self.bureau, code=code, name=places.name[i], kind=places.kind[i],
                complex=bool(places.complex[i]), station=station,
            )  # fmt: skip
            facts = {name: float(values[i]) for name, values in places.facts.items()}
            CommunityFacts.objects.create(
                sheet=sheet, community=made, population=int(places.population[i]), facts=facts
            )

    def _officers(self):
        posts, pairings, days = self.book.posts, self.book.pairings, self.book.leader_days
        for i, code in enumerate(posts.officer):
            account = self._account(code.lower(), Role.OFFICER, bureau=self.bureau, display_name=posts.name[i])
            officer = Officer.objects.create(bureau=self.bureau, code=code, name=posts.name[i], account=account)
            Post.objects.create(
                officer=officer, community=self.community(posts.community[i]), start=posts.start[i].item(),
                end=posts.end[i].item(), staffing=posts.staffing[i],
            )  # fmt: skip
        for number, code in enumerate(sorted({leader for leader in pairings.leader if leader}), 1):
            account = self._account(f"leader{number}", Role.LEADER, bureau=self.bureau, display_name=code)
            Leader.objects.create(bureau=self.bureau, code=code, name=code, account=account)
        for i, code in enumerate(pairings.community):
            Pairing.objects.create(
                community=self.community(code), leader=Leader.objects.filter(code=pairings.leader[i]).first(),
                office=Office.objects.get(bureau=self.bureau, code=pairings.office[i]), start=pairings.start[i].item(),
            )  # fmt: skip
        for i, code in enumerate(days.leader):
            LeaderDay.objects.create(
                leader=Leader.objects.get(code=code), community=self.community(days.community[i]),
                date=days.date[i].item(), hours=days.hours[i], entered_by="personnel",
                countersigned_by=days.countersigned_by[i],
            )  # fmt: skip

    def _others(self):
        self._account("secretary", Role.SECRETARY, bureau=self.bureau, display_name="局黨委書記")
        self._account("cadre", Role.CADRE, bureau=self.bureau, community=self.community("C01"), display_name="社區幹部")
        self._account("province", Role.PROVINCE, scope=self.province, display_name="省廳")
        self._account("administrator", Role.ADMINISTRATOR, display_name="系統管理員")
        self._account("auditor", Role.AUDITOR, display_name="審計員")
        self._account("stranger", Role.PERSONNEL, bureau=self.other_bureau, display_name="外縣政工室")

    def _figures(self):
        found, known = self.book.evidence, {c.code: c for c in Community.objects.filter(bureau=self.bureau)}
        Entry.objects.bulk_create(
            Entry(
                bureau=self.bureau, period=found.period[i], community=known[found.community[i]], rate=found.rate[i],
                numerator=found.numerator[i], denominator=found.denominator[i], design_effect=found.design_effect[i],
                source=found.source[i], verified_as=found.verified_by[i], status=found.status[i],
                supplied_by="personnel", supplied_at=THEN, verified_by="supervision", verified_at=THEN,
            )
            for i in range(len(found))
        )  # fmt: skip
