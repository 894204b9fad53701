"""Addresses of this room."""

from django.urls import path

from linli.quarter.decisions.views import deciding, file, lists, talks

app_name = "decisions"
_FILE = "<str:bureau>/<str:period>/<str:officer>/<str:kind>/"
_TALK = "<str:bureau>/<str:period>/<str:officer>/talk/record/"
urlpatterns = [
    path("<str:bureau>/", lists.index, name="index"),
    path("<str:bureau>/mine/", lists.mine, name="mine"),
    path("<str:bureau>/pool/", lists.pool, name="pool"),
    path("<str:bureau>/pool/<str:officer>/leave/", lists.leave_pool, name="leave_pool"),
    path("<str:bureau>/year/<int:year>/", lists.year, name="year"),
    path("<str:bureau>/<str:period>/", lists.proposals, name="proposals"),
    path("<str:bureau>/<str:period>/propose/", lists.propose, name="propose"),
    path(_TALK, talks.talk, name="talk"),
    path(f"{_TALK}write/", talks.write, name="talk_write"),
    path(f"{_TALK}amend/", talks.amend, name="talk_amend"),
    path(f"{_TALK}sign/", talks.sign, name="talk_sign"),
    path(f"{_TALK}follow-up/", talks.follow_up, name="talk_follow_up"),
    path(f"{_TALK}talk.docx", talks.document, name="talk_docx"),
    path(_FILE, file.file, name="file"),
    path(f"{_FILE}decide/", deciding.decide, name="decide"),
    path(f"{_FILE}statement/", file.state, name="state"),
    path(f"{_FILE}no-statement/", file.decline, name="decline"),
    path(f"{_FILE}ask/", file.ask, name="ask"),
    path(f"{_FILE}law/", file.law, name="law"),
    path(f"{_FILE}funding/", file.funding, name="funding"),
    path(f"{_FILE}suspend/", deciding.suspend, name="suspend"),
    path(f"{_FILE}resume/", deciding.resume, name="resume"),
    path(f"{_FILE}keep/", deciding.keep, name="keep"),
    path(f"{_FILE}revoke/", deciding.revoke, name="revoke"),
    path(f"{_FILE}remedies/open/", file.open_remedy, name="open_remedy"),
    path(f"{_FILE}remedies/<int:number>/close/", file.close_remedy, name="close_remedy"),
]
