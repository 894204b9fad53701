"""Addresses of this room. An issued circular is found by its number, a draft by what it follows from."""

from django.urls import path

from linli.quarter.notices.views import drafts, papers

app_name = "notices"
_DRAFT = "<str:bureau>/drafts/<str:period>/<str:officer>/<str:kind>/"
_PAPER = "<str:bureau>/<str:number>/"
urlpatterns = [
    path("<str:bureau>/", papers.index, name="index"),
    path(_DRAFT, drafts.draft, name="draft"),
    path(f"{_DRAFT}new/", drafts.new, name="new"),
    path(f"{_DRAFT}edit/", drafts.edit, name="edit"),
    path(f"{_DRAFT}name/", drafts.name_also, name="name_also"),
    path(f"{_DRAFT}leave-out/", drafts.leave_out, name="leave_out"),
    path(f"{_DRAFT}drop/", drafts.drop, name="drop"),
    path(f"{_DRAFT}issue/", drafts.issue, name="issue"),
    path(f"{_DRAFT}draft.docx", drafts.document, name="draft_docx"),
    path(_PAPER, papers.paper, name="notice"),
    path(f"{_PAPER}read/", papers.read, name="read"),
    path(f"{_PAPER}withdraw/", papers.withdraw, name="withdraw"),
    path(f"{_PAPER}circular.docx", papers.document, name="docx"),
]
