"""County books as somebody sends one, looks, says yes, and thinks again."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.faces.desk.models import BookImport
from linli.ground.accounts.roles import EVERYBODY
from linli.ground.officers.models import Officer
from linli.ground.places.models import Community
from linli.ground.trail.models import Entry as TrailEntry
from tests.rooms.books.test_changes import FIGURES, POSTS
from tests.rooms.places.test_pages import ACCOUNTS

SENDERS = ("personnel", "department", "station", "supervision")


def url(name, *args):
    return reverse(f"desk:{name}", args=("linjiang", *args))


def file(text, name="posts.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.fixture
def office(personnel, logged_in):
    return logged_in(personnel)


@pytest.fixture
def sent(office):
    answer = office.post(url("books"), {"book": file(POSTS + "O01,周文青<i>,C01,2024-12-01,,single\n")})
    assert answer.status_code == 302, answer.content.decode()
    return BookImport.objects.get()


def test_who_sends_and_who_takes_along(full_cast, logged_in, sent):
    for role in EVERYBODY:
        client = logged_in(full_cast.user(ACCOUNTS[role]))
        assert client.get(url("books")).status_code == (200 if role in SENDERS else 403), role
        exported = client.get(url("export-book", "zip")).status_code
        assert exported == (200 if role in ("personnel", "leader", "secretary") else 403), role
        seen = client.get(url("book", sent.number)).status_code
        assert seen == (200 if role == "personnel" else 403), role
    assert logged_in(full_cast.user("stranger")).get(url("books")).status_code == 403


def test_book_is_looked_at_applied_and_undone(full_cast, office, sent):
    page = office.get(url("book", sent.number)).content.decode()
    assert "周文青&lt;i&gt;" in page and "周文清" in page and "<i>" not in page
    assert Officer.objects.get(code="O01").name == "周文清"
    assert office.post(url("apply-book", sent.number)).status_code == 302
    assert Officer.objects.get(code="O01").name == "周文青<i>"
    assert office.post(url("apply-book", sent.number)).status_code == 409
    assert office.post(url("undo-book", sent.number)).status_code == 302
    assert Officer.objects.get(code="O01").name == "周文清"
    assert office.post(url("undo-book", sent.number)).status_code == 409
    assert office.get(url("book", sent.number)).status_code == 200


def test_double_click_applies_once(full_cast, office, sent):
    for _ in range(2):
        assert office.post(url("apply-book", sent.number), {"once": "t"}).status_code == 302
    assert TrailEntry.objects.filter(action="desk.apply_book").count() == 1


def test_preview_that_is_stale_says_so_and_is_renewed(full_cast, office, sent):
    Officer.objects.filter(code="O01").update(name="第三人")
    page = office.get(url("book", sent.number)).content.decode()
    assert reverse("desk:renew-book", args=("linjiang", sent.number)) in page
    assert reverse("desk:apply-book", args=("linjiang", sent.number)) not in page
    assert office.post(url("apply-book", sent.number)).status_code == 409
    assert office.post(url("renew-book", sent.number)).status_code == 302
    assert office.post(url("apply-book", sent.number)).status_code == 302


def test_discarded_book_is_forgotten(full_cast, office, sent):
    assert office.post(url("discard-book", sent.number)).status_code == 302
    assert "周文青" not in office.get(url("book", sent.number)).content.decode()


def test_every_problem_stands_on_the_page(full_cast, office):
    text = POSTS + "O01,周,C99,2024-12-01,,single\nO02,何,C02,2024-13-01,,<script>\n"
    answer = office.post(url("books"), {"book": file(text)})
    page = answer.content.decode()
    assert answer.status_code == 422 and "C99" in page and "2024-13-01" in page and "<script>alert" not in page
    assert "&lt;script&gt;" in page and not BookImport.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(100), b"%PDF-"])
def test_file_that_is_no_book_is_said_kindly(full_cast, office, content):
    answer = office.post(url("books"), {"book": file(content, "book.xlsx")})
    assert answer.status_code in (200, 422) and not BookImport.objects.exists()


def test_nothing_chosen_comes_back_with_the_form(full_cast, office):
    assert office.post(url("books"), {}).status_code == 200


def test_department_sends_its_figures_alone(full_cast, logged_in):
    client = logged_in(full_cast.user("command"))
    text = FIGURES + "2026Q3,C01,incidents,99,14200,final\n2026Q3,C01,prevention,1,50,\n"
    assert client.post(url("books"), {"book": file(text, "evidence.csv")}).status_code == 302
    page = client.get(url("book", 1)).content.decode()
    assert "R-80" in page and "99" in page
    assert client.post(url("apply-book", 1)).status_code == 302


def test_exported_zip_is_sent_back_and_changes_nothing(full_cast, office):
    content = office.get(url("export-book", "zip")).content
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 6
    office.post(url("books"), {"book": file(content, "book.zip")})
    assert BookImport.objects.get().changes == []
    assert TrailEntry.objects.filter(action="desk.export_book").exists()


def test_address_of_another_kind_is_not_found(full_cast, office):
    assert office.get(url("export-book", "exe")).status_code == 404
    assert office.get(url("book", 99)).status_code == 404


def test_number_of_queries_does_not_grow_with_rows(full_cast, office, django_assert_max_num_queries):
    text = "community,name,kind,complex,population\n" + "".join(f"D{n},新{n},city,0,100\n" for n in range(40))
    office.post(url("books"), {"book": file(text, "communities.csv")})
    with django_assert_max_num_queries(45):
        assert office.get(url("book", 1)).status_code == 200
    assert not Community.objects.filter(code="D1").exists()
