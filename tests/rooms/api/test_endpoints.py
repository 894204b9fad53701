"""Every endpoint answers what its description says, to a client of that bureau and to nobody else."""

import json

import pytest
from django.test import Client as Browser

from linli.faces.api import actions
from linli.faces.api.endpoints import api
from linli.faces.api.models import Client
from linli.ground.trail.models import Entry
from linli.quarter.appraisal.models import Cycle
from tests.rooms import published

HERE = "/bureaus/linjiang"
LISTS = ("/bureaus", f"{HERE}/communities", f"{HERE}/quarters", f"{HERE}/quarters/2026Q3/figures",
         f"{HERE}/quarters/2026Q3/scores")  # fmt: skip
ALL = (*LISTS, f"{HERE}/quarters/2026Q3/calendar", f"{HERE}/scheme")


@pytest.fixture
def document():
    answer = Browser().get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def resolved(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def fits(document, value, schema):
    """Whether a value is what a schema of the document says; enough of JSON Schema for what is in it."""
    schema = resolved(document, schema)
    if "anyOf" in schema:
        return any(fits(document, value, one) for one in schema["anyOf"])
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
             "null": type(None)}  # fmt: skip
    if not isinstance(value, kinds[schema["type"]]) or (schema["type"] != "boolean" and isinstance(value, bool)):
        return False
    if schema["type"] == "array":
        return all(fits(document, one, schema["items"]) for one in value)
    if schema["type"] == "object":
        parts = schema["properties"]
        named = set(value) <= set(parts) and set(schema.get("required", ())) <= set(value)
        return named and all(fits(document, value[name], parts[name]) for name in value)
    return True


@pytest.mark.django_db
def test_description_is_public_and_whole(document):
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Linli 鄰里"
    assert len(document["paths"]) == len(ALL)
    text = json.dumps(document)
    for ref in (part.split('"')[0] for part in text.split('"$ref": "#/components/schemas/')[1:]):
        assert ref in document["components"]["schemas"]


@pytest.mark.django_db
def test_description_names_every_operation_its_faults_and_its_token(document):
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    found = set()
    for address, methods in document["paths"].items():
        assert list(methods) == ["get"], "the API writes nothing"
        operation = methods["get"]
        assert operation["summary"] and operation["operationId"] and operation["security"]
        assert {"200", "401", "404", "422", "429"} <= set(operation["responses"])
        assert {p["name"] for p in operation["parameters"] if p["in"] == "path"} == {
            part.strip("{}") for part in address.split("/") if part.startswith("{")
        }
        found.add(operation["operationId"])
    assert len(found) == len(document["paths"])


@pytest.mark.parametrize("address", ALL)
def test_endpoint_answers_as_its_description_says(ask, cycle, document, address):
    answer = ask(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    described = "/api" + address.replace("linjiang", "{bureau}").replace("2026Q3", "{period}")
    said = document["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert fits(document, answer.json(), said), answer.content


@pytest.mark.parametrize("token", ["", "linli_wrong", "Bearer", "'; DROP TABLE api_client; --", "鄰里"])
def test_without_the_right_token_nothing_is_answered(ask, cycle, token):
    for address in ALL:
        answer = ask(address, token=token)
        assert answer.status_code == 401
        assert set(answer.json()) == {"error", "remedy"}


def test_session_of_somebody_logged_in_opens_nothing(cast, cycle, logged_in):
    assert logged_in(cast.user("personnel")).get("/api/bureaus").status_code == 401


def test_another_bureau_is_not_found(cast, cycle, ask):
    _, token = actions.open_client(by=cast.user("stranger"), bureau=cast.other_bureau, name="外縣")
    for address in ALL[1:]:
        assert ask(address, token=token).status_code == 404


def test_unpublished_quarter_is_not_answered(cast, ask):
    published.publish(cast, state=Cycle.State.NOTICED)
    assert ask(f"{HERE}/quarters/2026Q3/scores").status_code == 404
    assert ask(f"{HERE}/quarters/2026Q3/figures").status_code == 404
    assert ask(f"{HERE}/quarters/2026Q3/calendar").status_code == 200
    assert ask(f"{HERE}/quarters").json()["items"][0]["state"] == "noticed"


def test_officers_stand_by_their_codes_unless_the_client_reads_names(cast, cycle, ask):
    plain = ask(f"{HERE}/quarters/2026Q3/scores")
    assert {line["name"] for line in plain.json()["items"]} == {None}
    assert "唐敏" not in plain.content.decode()
    _, token = actions.open_client(by=cast.user("personnel"), bureau=cast.bureau, name="人事", names=True)
    named = ask(f"{HERE}/quarters/2026Q3/scores", token=token).json()["items"]
    assert next(line["name"] for line in named if line["officer"] == "O04") == "唐敏"


def test_reading_scores_leaves_an_entry_in_the_trail(cycle, ask):
    ask(f"{HERE}/quarters/2026Q3/scores")
    last = Entry.objects.last()
    assert (last.by, last.action, last.subject) == ("client:縣情看板", "api.read_scores", "cycle:2026Q3")


def test_unknown_figure_is_null_and_officer_without_rank_has_none(cycle, ask):
    lines = {line["officer"]: line for line in ask(f"{HERE}/quarters/2026Q3/scores").json()["items"]}
    assert lines["O09"]["rank"] is None and lines["O09"]["score"] is None


def test_figures_can_be_asked_by_community_and_rate(cycle, ask):
    found = ask(f"{HERE}/quarters/2026Q3/figures?community=C07&rate=incidents").json()
    assert found["count"] == 1 and found["items"][0]["numerator"] == 116


def test_long_list_is_answered_in_parts(cycle, ask):
    first = ask(f"{HERE}/quarters/2026Q3/figures?limit=3").json()
    second = ask(f"{HERE}/quarters/2026Q3/figures?limit=3&offset=3").json()
    assert first["count"] == second["count"] > 6
    assert len(first["items"]) == 3 and first["items"][2] != second["items"][0]


@pytest.mark.parametrize("wrong", ["limit=0", "limit=1001", "limit=x", "offset=-1", "limit=99999999999999999999"])
def test_wrong_part_of_a_list_is_refused_in_words(cycle, ask, wrong):
    answer = ask(f"{HERE}/quarters/2026Q3/figures?{wrong}")
    assert answer.status_code == 422
    assert wrong.partition("=")[0] in answer.json()["error"]


@pytest.mark.parametrize("address", [f"{HERE}/quarters/2026Q9/scores", f"{HERE}/quarters/{'x' * 500}/figures",
                                     f"{HERE}/scheme?on=1999-01-01", "/nothing"])  # fmt: skip
def test_what_is_not_there_is_not_found(cycle, ask, address):
    assert ask(address).status_code == 404


def test_scheme_says_what_each_rate_means_and_who_answers_for_it(cast, ask):
    said = ask(f"{HERE}/scheme?on=2026-09-30").json()
    assert said["version"] == "2026.1" and len(said["rates"]) == 7
    assert sum(rate["weight"] for rate in said["rates"]) == 100
    assert said["rates"][0]["supplier"] != said["rates"][0]["verifier"]


def test_number_of_queries_does_not_grow_with_rows(cycle, ask, django_assert_max_num_queries):
    for address in (*LISTS, f"{HERE}/scheme"):
        with django_assert_max_num_queries(13):
            ask(f"{address}{'?limit=1000' if address in LISTS[1:] else ''}")


def test_methods_that_write_are_not_there(opened, ask):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Browser(), method)("/api/bureaus", headers={"authorization": f"Bearer {opened[1]}"})
        assert answer.status_code == 405


def test_closed_client_is_nobody(cast, opened, ask):
    assert ask("/bureaus").status_code == 200
    actions.close_client(by=cast.user("personnel"), client=opened[0], why="projekt ended")
    assert ask("/bureaus").status_code == 401


def test_token_is_kept_as_a_hash_alone(opened):
    client, token = opened
    kept = " ".join(str(value) for value in Client.objects.filter(pk=client.pk).values_list()[0])
    assert token not in kept and client.token_hash in kept
    assert token not in " ".join(Entry.objects.values_list("facts", flat=True))


def test_api_has_no_page_that_loads_scripts():
    assert api.docs_url is None
