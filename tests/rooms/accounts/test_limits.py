"""How often somebody without an account may knock."""

from django.core.cache import cache

from linli.ground.accounts import limits


def test_caller_is_let_through_so_often_and_no_oftener_and_nobody_else_suffers(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)
    cache.clear()
    assert [limits.knock("say", "a", 2) for _ in range(4)] == [True, True, False, False]
    assert limits.knock("say", "b", 2) and limits.knock("follow", "a", 2)


def test_next_window_begins_at_nothing(monkeypatch):
    cache.clear()
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)
    limits.knock("say", "a", 1)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    assert limits.knock("say", "a", 1)


def test_address_is_not_kept(rf):
    cache.clear()
    limits.allowed("say", rf.get("/", REMOTE_ADDR="192.0.2.77"), 5)
    assert cache._cache and not any("192.0.2.77" in key for key in cache._cache)


def test_household_with_a_network_of_its_own_is_one_caller(rf):
    cache.clear()
    mine = (rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n:x}") for n in range(1, 4))
    assert [limits.allowed("say", request, 2) for request in mine] == [True, True, False]
    assert limits.allowed("say", rf.get("/", REMOTE_ADDR="2001:db8:1:3::1"), 2)
