"""Addresses of this room."""

from django.urls import path

from linli.quarter.appraisal.views import corrections, objections, quarters, results, schemes

app_name = "appraisal"
_SCHEME = "<str:bureau>/schemes/<str:name>/<str:version>/"
_QUARTER = "<str:bureau>/<str:period>/"
_OBJECTION = f"{_QUARTER}objections/<str:officer>/<int:number>/"
urlpatterns = [
    path("<str:bureau>/", quarters.quarters, name="quarters"),
    path("<str:bureau>/open/", quarters.open_quarter, name="open"),
    path("<str:bureau>/schemes/", schemes.schemes, name="schemes"),
    path(_SCHEME, schemes.comments, name="comments"),
    path(f"{_SCHEME}force/", schemes.put_in_force, name="put_in_force"),
    path(f"{_SCHEME}<int:number>/", schemes.answer_comment, name="answer_comment"),
    path(_QUARTER, quarters.cycle, name="cycle"),
    path(f"{_QUARTER}progress/", quarters.progress, name="progress"),
    path(f"{_QUARTER}freeze/", quarters.freeze, name="freeze"),
    path(f"{_QUARTER}again/", quarters.again, name="again"),
    path(f"{_QUARTER}notice/", quarters.notice, name="notice"),
    path(f"{_QUARTER}publish/", quarters.publish, name="publish"),
    path(f"{_QUARTER}results/", results.results, name="results"),
    path(f"{_QUARTER}objections/", objections.objections, name="objections"),
    path(f"{_QUARTER}objections/send/", objections.send, name="send"),
    path(_OBJECTION, objections.objection, name="objection"),
    path(f"{_OBJECTION}withdraw/", objections.withdraw, name="withdraw"),
    path(f"{_OBJECTION}extend/", objections.extend, name="extend"),
    path(f"{_OBJECTION}recuse/", objections.recuse, name="recuse"),
    path(f"{_OBJECTION}answer/", objections.answer, name="answer"),
    path(f"{_QUARTER}corrections/", corrections.corrections, name="corrections"),
    path(f"{_QUARTER}corrections/new/", corrections.correct, name="correct"),
    path(f"{_QUARTER}corrections/<int:number>/", corrections.correction, name="correction"),
]
