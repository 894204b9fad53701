"""The administrator's page of jobs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from linli.ground.accounts.models import User
from linli.ground.jobs.models import Job

LIST = "jobs:index"


def made(key, state="waiting", **more):
    whole = {"kind": "appraisal.compute", "asked_by": "personnel", "asked_at": timezone.now()} | more
    return Job.objects.create(key=key, state=state, **whole)


@pytest.fixture
def administrator(cast, logged_in):
    return logged_in(cast.user("administrator"))


def test_jobs_are_listed_with_state_progress_and_what_went_wrong(administrator):
    made("compute:a", "running", done=2, total=3, lease_until=timezone.now())
    made("compute:b", "failed", note="ValueError: <b>no</b>")
    page = administrator.get(reverse(LIST)).content.decode()
    assert "2 / 3" in page and "ValueError: &lt;b&gt;no&lt;/b&gt;" in page
    assert [job.key for job, *_ in administrator.get(reverse(LIST), {"state": "failed"}).context["rows"]] == [
        "compute:b"
    ]


def test_kind_nobody_does_and_a_silent_worker_are_said(administrator):
    made("old", kind="gone.kind")
    made("silent", "running", lease_until=timezone.now() - timedelta(minutes=5))
    rows = {job.key: (stuck, known) for job, _, _, stuck, known in administrator.get(reverse(LIST)).context["rows"]}
    assert rows == {"old": (False, False), "silent": (True, True)}


def test_failed_job_is_tried_again_once_however_often_the_button_is_pressed(administrator):
    job = made("compute:b", "failed")
    address = reverse("jobs:try_again", args=[job.pk])
    for _ in range(2):
        assert administrator.post(address, {"once": "token-1"}).status_code == 302
    assert Job.objects.get().state == "waiting"
    assert administrator.post(address).status_code == 409  # it has not failed


def test_jobs_can_be_taken_along(administrator):
    made("=1+1", "failed")
    text = b"".join(administrator.get(reverse(LIST), {"format": "csv"}).streaming_content).decode()
    assert "'=1+1" in text and text.startswith("\ufeffnumber,kind")


def test_number_of_queries_does_not_grow_with_the_jobs(administrator, django_assert_max_num_queries):
    for number in range(50):
        made(f"compute:{number}", "failed")
    with django_assert_max_num_queries(12):
        administrator.get(reverse(LIST))


def test_nobody_but_an_administrator_sees_or_restarts_jobs(cast, logged_in):
    job = made("compute:b", "failed")
    for user in User.objects.exclude(role="administrator"):
        client = logged_in(user)
        assert client.get(reverse(LIST)).status_code == 403
        assert client.post(reverse("jobs:try_again", args=[job.pk])).status_code == 403
    assert Job.objects.get().state == "failed"
