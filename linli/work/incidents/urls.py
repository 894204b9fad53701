"""Addresses of this room."""

from django.urls import path, re_path

from linli.work.incidents.views import checks, counts, imported, leads, plan, quarter, sightings

app_name = "incidents"
_BUREAU = r"^(?P<bureau>[-\w]+)"
_PERIOD = rf"{_BUREAU}/(?P<period>\d{{4}}Q[1-4])"
_MONTH = rf"{_BUREAU}/counts/(?P<month>\d{{4}}-(?:0[1-9]|1[0-2]))/(?P<community>[-\w]+)"
urlpatterns = [
    path("<slug:bureau>/", counts.counts, name="counts"),
    path("<slug:bureau>/late", counts.late_reports, name="late"),
    re_path(rf"{_MONTH}$", counts.month, name="month"),
    path("<slug:bureau>/import", imported.bring, name="import"),
    path("<slug:bureau>/tables", imported.tables, name="tables"),
    path("<slug:bureau>/tables/<int:number>", imported.table, name="table"),
    path("<slug:bureau>/tables/<int:number>/accept", imported.accept, name="accept"),
    path("<slug:bureau>/tables/<int:number>/drop", imported.drop, name="drop"),
    path("<slug:bureau>/tables/<int:number>/undo", imported.undo, name="undo"),
    path("<slug:bureau>/leads", leads.leads, name="leads"),
    path("<slug:bureau>/leads/new", leads.enter, name="enter_lead"),
    re_path(rf"{_BUREAU}/leads/(?P<number>\d{{4}}-\d{{4,7}})$", leads.lead, name="lead"),
    re_path(rf"{_BUREAU}/leads/(?P<number>\d{{4}}-\d{{4,7}})/verify$", leads.verify, name="verify_lead"),
    re_path(rf"{_BUREAU}/leads/(?P<number>\d{{4}}-\d{{4,7}})/check$", leads.check, name="check_lead"),
    re_path(rf"{_BUREAU}/leads/(?P<number>\d{{4}}-\d{{4,7}})/merge$", leads.merge, name="merge_lead"),
    path("<slug:bureau>/sightings", sightings.sightings, name="sightings"),
    re_path(rf"{_BUREAU}/sightings/(?P<number>\d{{4}}-\d{{4,7}})/pass$", sightings.pass_on, name="pass_on"),
    re_path(rf"{_BUREAU}/sightings/(?P<number>\d{{4}}-\d{{4,7}})/close$", sightings.close, name="close_sighting"),
    path("<slug:bureau>/plan", plan.plans, name="plans"),
    path("<slug:bureau>/plan/<str:community>", plan.plan, name="plan"),
    path("<slug:bureau>/plan/<str:community>/<str:code>/close", plan.close_point, name="close_point"),
    re_path(rf"{_PERIOD}/checks$", checks.checks, name="checks"),
    re_path(rf"{_PERIOD}/checks/draw$", checks.draw, name="draw_checks"),
    re_path(rf"{_PERIOD}/checks/(?P<community>[-\w]+)/(?P<number>\d{{1,3}})$", checks.check, name="check"),
    re_path(rf"{_PERIOD}/(?P<community>[-\w]+)/$", quarter.quarter, name="quarter"),
]
