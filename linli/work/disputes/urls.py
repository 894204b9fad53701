"""Addresses of this room."""

from django.urls import path, re_path

from linli.work.disputes.views import figures, intake, lists, matter, papers, steps

app_name = "disputes"
_NUMBER = r"^(?P<bureau>[-\w]+)/(?P<number>\d{4}-\d{4,6})"
_STEP = "(?P<step>appoint|note|settle|fail|transfer|follow-up|mediator|sides|strike)"
urlpatterns = [
    path("<slug:bureau>/", lists.ledger, name="list"),
    path("<slug:bureau>/take-in", intake.take_in, name="take_in"),
    path("<slug:bureau>/week", lists.week, name="week"),
    path("<slug:bureau>/follow-ups", lists.follow_ups, name="follow_ups"),
    path("<slug:bureau>/counts", figures.counts_now, name="counts_now"),
    path("<slug:bureau>/ledger.xlsx", papers.ledger, name="ledger"),
    path("<slug:bureau>/ledger/read-in", intake.read_in, name="read_in"),
    re_path(r"^(?P<bureau>[-\w]+)/counts/(?P<month>\d{4}-\d{2})$", figures.counts, name="counts"),
    re_path(r"^(?P<bureau>[-\w]+)/counts/(?P<month>\d{4}-\d{2})\.xlsx$", papers.month, name="month"),
    re_path(r"^(?P<bureau>[-\w]+)/(?P<period>\d{4}Q[1-4])/(?P<community>[-\w]+)/$", figures.quarter, name="quarter"),
    re_path(f"{_NUMBER}/$", matter.dispute, name="dispute"),
    re_path(f"{_NUMBER}/read$", matter.read, name="read"),
    re_path(f"{_NUMBER}/agreement\\.docx$", papers.agreement, name="agreement"),
    re_path(f"{_NUMBER}/change$", intake.change, name="change"),
    re_path(f"{_NUMBER}/consent$", matter.consent, name="consent"),
    re_path(f"{_NUMBER}/confirm$", matter.confirm, name="confirm"),
    re_path(f"{_NUMBER}/code$", matter.give_code, name="give_code"),
    re_path(f"{_NUMBER}/{_STEP}$", steps.step, name="step"),
]
