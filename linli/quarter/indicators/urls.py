"""Addresses of this room."""

from django.urls import path

from linli.quarter.indicators.views import frozen, schemes, sheet, work

app_name = "indicators"
_SCHEME = "<str:bureau>/schemes/<str:name>/<str:version>/"
_QUARTER = "<str:bureau>/<str:period>/"
urlpatterns = [
    path("<str:bureau>/", sheet.sheets, name="sheets"),
    path("<str:bureau>/rates/", schemes.rates, name="rates"),
    path("<str:bureau>/schemes/", schemes.schemes, name="schemes"),
    path("<str:bureau>/schemes/new/", schemes.draft, name="draft"),
    path(_SCHEME, schemes.scheme, name="scheme"),
    path(f"{_SCHEME}edit/", schemes.edit, name="edit"),
    path(f"{_SCHEME}consult/", schemes.consult, name="consult"),
    path(f"{_SCHEME}take-back/", schemes.take_back, name="take_back"),
    path(f"{_SCHEME}drop/", schemes.drop, name="drop"),
    path(f"{_SCHEME}rates/<str:rate>/", schemes.define, name="define"),
    path(f"{_QUARTER}sheet/", sheet.sheet, name="sheet"),
    path(f"{_QUARTER}own/", work.own, name="own"),
    path(f"{_QUARTER}supply/<str:rate>/", work.supply, name="supply"),
    path(f"{_QUARTER}verify/<str:rate>/", work.verify, name="verify"),
    path(f"{_QUARTER}false/<str:community>/<str:rate>/", work.mark_false, name="mark_false"),
    path(f"{_QUARTER}frozen/", frozen.latest, name="frozen"),
    path(f"{_QUARTER}frozen/<int:number>/", frozen.revision, name="revision"),
]
