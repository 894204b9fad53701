"""An officer tries a colleague's file: refused, and the auditor reads of it in the trail."""

FILE = "/county/linjiang/2026Q3/officers/{}/"


def latest(auditor, **asked):
    """The newest entry that answers to this, as the auditor reads it; "" where there is none."""
    auditor.go("/trail/?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    rows = auditor.page.locator("main tbody tr")
    return rows.first.inner_text() if rows.count() else ""


def test_an_officer_reads_the_own_file_and_leaves_no_trail_by_it(person):
    officer = person("o04")
    officer.go("/")
    officer.follow("/county/linjiang/my-file/")
    assert officer.page.url.endswith(FILE.format("O04"))
    assert "唐敏" in officer.text
    assert latest(person("auditor"), who="o04", action="file.read") == ""


def test_a_colleagues_file_is_refused_and_the_auditor_reads_who_tried(person):
    officer, auditor = person("o04"), person("auditor")
    assert officer.go(FILE.format("O08")) == 403
    assert "廖小芳" not in officer.text
    assert officer.page.locator(".own-file").count() == 0

    auditor.go("/")
    auditor.follow("/trail/?action=door.refused")
    row = auditor.page.locator("main tbody tr").first.inner_text()
    assert "o04" in row and FILE.format("O08") in row


def test_whoever_may_read_an_officers_file_leaves_an_entry(person):
    personnel = person("personnel")
    assert personnel.go(FILE.format("O08")) == 200
    assert "廖小芳" in personnel.text
    row = latest(person("auditor"), action="file.read")
    assert "personnel" in row and "officer:O08" in row


def test_the_auditor_opens_no_file_and_finds_that_the_chain_holds(person):
    auditor = person("auditor")
    assert auditor.go(FILE.format("O08")) == 403
    auditor.go("/trail/verify/")
    auditor.send()
    assert latest(auditor, action="trail.verify") != ""
    auditor.page.locator("main tbody th a").first.click()
    auditor.page.wait_for_url("**/trail/*/")
    assert "[]" in auditor.text  # no faults
