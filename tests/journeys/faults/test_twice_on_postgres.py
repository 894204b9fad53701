"""The same on PostgreSQL, in a database of its own on the server of LINLI_TEST_DATABASE: eight at once pay once."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from tests.journeys.faults.forge import Forge
from tests.journeys.faults.visitor import Visitor
from tests.journeys.web.served import Served, built_in, clock_at

ADDRESS = os.environ.get("LINLI_TEST_DATABASE", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="LINLI_TEST_DATABASE is not set: tests/with_postgres.sh sets it")
PAY = "/payments/linjiang/pay?period=2026Q3"
O04 = "/payments/linjiang/line/allowance:2026Q3:O04"


class OnPostgres(Forge):
    """The forge where the database is a server's."""

    def __init__(self, home, address):
        super().__init__(home, LINLI_DATABASE=address)
        self._address = address

    def sql(self, statement):
        import psycopg

        with psycopg.connect(self._address) as connection:
            return connection.execute(statement).fetchall()

    def payments(self):
        """(how many, how much) was paid of 2026Q3."""
        return self.sql(
            "SELECT count(*), coalesce(sum(m.amount_fen), 0) FROM payments_payment m "
            "JOIN payments_promise p ON p.id = m.promise_id WHERE p.period = '2026Q3'"
        )[0]


@pytest.fixture(scope="module")
def database():
    """The address of an empty database that is dropped in the end."""
    import psycopg

    name = f"linli_faults_{os.getpid()}"
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(ADDRESS)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def paying(database, tmp_path_factory):
    """(forge, server) where the allowances of 2026Q3 are due."""
    home = built_in(tmp_path_factory.mktemp("postgres"), LINLI_DATABASE=database)
    clock_at(home, datetime(2027, 1, 11, 9))
    forge = OnPostgres(home, database)
    for deed in ("answer", "publish", "promise"):
        forge.must(deed)
    server = Served(home, LINLI_DATABASE=database)
    yield forge, server.start()
    server.stop()
    forge.close()


def test_killed_while_paying_nothing_is_paid_then_eight_at_once_pay_once(paying):
    forge, server = paying
    for kill_at in (1, 7, 20, 45, 60):
        assert forge.do("pay", kill_at=kill_at)["ended"] == "killed", kill_at
        assert forge.payments() == (0, 0)

    personnel = Visitor(server.url, "personnel").log_in()
    lines = [personnel.form(O04, "/pay") | {"voucher": f"V-{number}"} for number in range(8)]
    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(lambda form: personnel.post(f"{O04}/pay", form)[0], lines))
    assert sorted(answers) == [302] + [409] * 7
    assert forge.payments()[0] == 1

    form = personnel.form(PAY) | {"voucher": "V-8"}
    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(lambda _: personnel.post(PAY, form)[0], range(8)))
    assert set(answers) == {302}
    promised = forge.sql("SELECT count(*), sum(amount_fen) FROM payments_promise WHERE period = '2026Q3'")[0]
    assert forge.payments() == promised
    assert forge.holds()


def test_eight_who_freeze_at_once_make_one_revision(paying):
    forge, server = paying
    forge.must("fill_the_sheet")
    personnel = Visitor(server.url, "personnel").log_in()
    quarter = "/appraisal/linjiang/2026Q4/"
    forms = [personnel.form(quarter, "/freeze/") for _ in range(8)]
    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(lambda form: personnel.post(f"{quarter}freeze/", form)[0], forms))
    assert sorted(answers) == [302] + [409] * 7
    assert forge.sql("SELECT number FROM indicators_revision WHERE period = '2026Q4'") == [(1,)]
    assert forge.holds()
