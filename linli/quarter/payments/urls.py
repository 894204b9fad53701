"""Addresses of this room."""

from django.urls import path, re_path

from linli.quarter.payments.views import budget, ledger, paying, quarters

app_name = "payments"
_PERIOD = r"^(?P<bureau>[-\w]+)/(?P<period>\d{4}Q[1-4])"
urlpatterns = [
    path("<slug:bureau>/", ledger.ledger, name="ledger"),
    path("<slug:bureau>/overdue", ledger.overdue, name="overdue"),
    path("<slug:bureau>/approve", paying.approve, name="approve"),
    path("<slug:bureau>/pay", paying.pay, name="pay"),
    path("<slug:bureau>/gather", quarters.gather, name="gather"),
    path("<slug:bureau>/budget", budget.budget, name="budget"),
    path("<slug:bureau>/budget/enter", budget.enter_budget, name="enter_budget"),
    path("<slug:bureau>/budget/<int:year>/<slug:purpose>/approve", budget.approve_budget, name="approve_budget"),
    path("<slug:bureau>/line/<str:reference>", ledger.line, name="line"),
    path("<slug:bureau>/line/<str:reference>/pay", paying.pay_line, name="pay_line"),
    path("<slug:bureau>/line/<str:reference>/hold", paying.hold, name="hold"),
    path("<slug:bureau>/line/<str:reference>/release", paying.release, name="release"),
    re_path(f"{_PERIOD}/$", quarters.quarter, name="quarter"),
    re_path(f"{_PERIOD}/promise$", quarters.promise, name="promise"),
    re_path(f"{_PERIOD}/recalculate$", quarters.recalculate, name="recalculate"),
    re_path(f"{_PERIOD}/(?P<kind>allowance|award)\\.(?P<ending>xlsx|docx)$", quarters.sign_off, name="sign_off"),
]
