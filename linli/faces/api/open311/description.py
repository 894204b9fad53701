"""Open311 as an OpenAPI document, so that what it answers can be checked by machines against what it says."""

from linli.faces.api.open311.asked import DAYS, MOST
from linli.faces.api.open311.formats import FORMATS
from linli.faces.api.open311.reading import NOT_SAID
from linli.faces.api.open311.sent import LONGEST, NOT_KEPT
from linli.work.requests.kinds import KINDS

_ABOUT = """GeoReport v2 of Open311, in JSON and XML, for one or more bureaus (jurisdictions).

A request is public with its number, kind, state, dates, community and office: never with its words, an address or a
point. Complaints about police are not taken here. `media_url` is never fetched; a picture may be sent as the file
`media`. Errors are a list of code and description."""
_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_SERVICE = {
    **dict.fromkeys(("service_code", "service_name", "description", "keywords", "group"), _TEXT),
    **{"metadata": {"const": False}, "type": {"const": "realtime"}},
}
_REQUEST = {
    **dict.fromkeys(("service_request_id", "service_name", "service_code", "status_notes", "service_notice"), _TEXT),
    **{"status": {"enum": ["open", "closed"]}, "description": {"const": ""}, "agency_responsible": _TEXT},
    **{"requested_datetime": _TIME, "updated_datetime": _TIME},
    **{"expected_datetime": {"type": ["string", "null"], "format": "date-time"}},
    **dict.fromkeys(NOT_SAID, {"type": "null"}),
}
_MADE = {"service_request_id": _TEXT, "service_notice": _TEXT, "account_id": {"type": "null"}}
_ENDPOINT = {
    **dict.fromkeys(("specification", "url", "changeset", "type"), _TEXT),
    "formats": {"type": "array", "items": _TEXT},
}
_WRONG = {400: "what was asked is wrong", 404: "there is no such thing", 405: "not by this method"}
_REFUSED = {
    413: "the form is too large",
    403: "the key is missing or unknown",
    429: "sent too often; Retry-After says when to come again",
}
_FAULT = {"code": _TEXT, "description": _TEXT}


def described():
    """The document."""
    paths = {f"/open311{path}.{form}": methods(form) for form in FORMATS for path, methods in _PATHS.items()}
    info = {"title": "Linli 鄰里, Open311", "version": "2", "description": _ABOUT}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def _object(parts):
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


def _list(parts):
    return {"type": "array", "items": _object(parts)}


def _content(form, shape):
    kind = FORMATS[form].partition(";")[0]
    return {kind: {"schema": shape}} if form == "json" else {kind: {}}


def _answers(form, shape, **more):
    wrong = {**_WRONG, **more.get("refused", {})}
    said = {str(code): {"description": text, "content": _content(form, _list(_FAULT))} for code, text in wrong.items()}
    return {"responses": {"200": {"description": "as asked", "content": _content(form, shape)}, **said}}


def _query(name, about, **shape):
    return {"name": name, "in": "query", "required": False, "description": about, "schema": _TEXT | shape}


_WHOSE = _query("jurisdiction_id", "the bureau's code; needed where there are several")
_LOCALE = _query("locale", "zh-hant, zh-hans or en")


def _get(shape, *parameters, name=""):
    own = [{"name": name, "in": "path", "required": True, "schema": _TEXT}] if name else []

    def method(form):
        return {"get": {"parameters": [*own, *parameters, _LOCALE], **_answers(form, shape)}}

    return method


def _requests(form):
    asked = [
        _query("service_request_id", "one or more, with commas; all else is then left aside"),
        _query("service_code", "one or more, with commas"),
        _query("status", "open, closed, or both"),
        _query("start_date", f"with end_date at most {DAYS} days; without both, the last {DAYS}"),
        _query("end_date", "see start_date"),
        _query("page", "from 1"),
        _query("page_size", f"at most {MOST}"),
    ]
    parts = {"service_code": {"enum": list(KINDS)}, "api_key": _TEXT, "jurisdiction_id": _TEXT}
    parts |= {"lat": {"type": "number"}, "long": {"type": "number"}}
    parts |= {name: _TEXT | {"maxLength": most} for name, most in LONGEST.items()}
    parts |= {name: _TEXT | {"description": "not kept"} for name in NOT_KEPT}
    plain = {"schema": {"type": "object", "properties": parts, "required": ["service_code"]}}
    media = parts | {"media": {"type": "string", "format": "binary"}}
    filed = {"schema": {"type": "object", "properties": media, "required": ["service_code"]}}
    body = {"content": {"application/x-www-form-urlencoded": plain, "multipart/form-data": filed}}
    made = {"requestBody": body, **_answers(form, _list(_MADE), refused=_REFUSED)}
    return _get(_list(_REQUEST), _WHOSE, *asked)(form) | {"post": made}


_PATHS = {
    "/discovery": _get(
        _object(
            {"changeset": _TEXT, "contact": _TEXT, "key_service": _TEXT}
            | {"endpoints": {"type": "array", "items": _object(_ENDPOINT)}}
        )
    ),
    "/v2/services": _get(_list(_SERVICE), _WHOSE),
    "/v2/services/{service_code}": _get(
        _object({"service_code": _TEXT, "attributes": {"type": "array", "maxItems": 0}}), _WHOSE, name="service_code"
    ),
    "/v2/requests": _requests,
    "/v2/requests/{service_request_id}": _get(_list(_REQUEST), _WHOSE, name="service_request_id"),
    "/v2/tokens/{token}": _get(_list({"service_request_id": _TEXT, "token": _TEXT}), _WHOSE, name="token"),
}
