"""Addresses of this room."""

from django.urls import path

from linli.work.worklog.views import calls, checks, communities, days, due, papers, plans, works

app_name = "worklog"
_CALL = "<str:bureau>/calls/<str:officer>/<str:key>/"
_PAPER = "<str:bureau>/papers/<str:officer>/<str:first>/<str:last>/"
urlpatterns = [
    path("<str:bureau>/", days.home, name="home"),
    path("<str:bureau>/day/", days.today, name="today"),
    path("<str:bureau>/day/<str:date>/", days.day, name="day"),
    path("<str:bureau>/day/<str:date>/plan/", plans.plan, name="plan"),
    path("<str:bureau>/day/<str:date>/round/", plans.draw_round, name="round"),
    path("<str:bureau>/week/<str:date>/", days.week, name="week"),
    path("<str:bureau>/mine/<str:period>/", days.mine, name="mine"),
    path("<str:bureau>/start/", works.start, name="start"),
    path("<str:bureau>/record/", works.record, name="record"),
    path("<str:bureau>/works/<str:key>/", works.work, name="work"),
    path("<str:bureau>/works/<str:key>/stop/", works.stop, name="stop"),
    path("<str:bureau>/works/<str:key>/change/", works.change, name="change"),
    path("<str:bureau>/works/<str:key>/strike/", works.strike, name="strike"),
    path("<str:bureau>/works/<str:key>/enclosed/<str:what>/", works.enclosure, name="enclosure"),
    path("<str:bureau>/calls/", calls.calls, name="calls"),
    path("<str:bureau>/calls/enter/", calls.enter, name="enter_call"),
    path(_CALL, calls.call, name="call"),
    path(f"{_CALL}answer/", calls.answer, name="answer_call"),
    path(f"{_CALL}decide/", calls.decide, name="decide_call"),
    path(f"{_CALL}withdraw/", calls.withdraw, name="withdraw_call"),
    path("<str:bureau>/checks/", checks.checks, name="checks"),
    path("<str:bureau>/checks/draw/", checks.draw, name="draw_checks"),
    path("<str:bureau>/checks/<int:number>/", checks.check, name="check"),
    path("<str:bureau>/checks/<int:number>/look/", checks.look, name="look"),
    path("<str:bureau>/checks/<int:number>/answer/", checks.answer, name="answer_check"),
    path("<str:bureau>/checks/<int:number>/lift/", checks.lift, name="lift_check"),
    path("<str:bureau>/due/", due.due, name="due"),
    path("<str:bureau>/due/set/", due.set_due, name="set_due"),
    path("<str:bureau>/due/<str:community>/<str:since>/withdraw/", due.withdraw_due, name="withdraw_due"),
    path("<str:bureau>/hours/<str:period>/", communities.hours, name="hours"),
    path("<str:bureau>/hours/<str:period>/<str:community>/", communities.community, name="community"),
    path("<str:bureau>/papers/", papers.choose, name="papers"),
    path(f"{_PAPER}", papers.diary, name="diary"),
    path(f"{_PAPER}<str:paper>.xlsx", papers.file, name="paper"),
]
