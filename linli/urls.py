"""Which room answers which address; every room keeps its own list."""

from django.urls import include, path

from linli.faces.api.health import health

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("trail/", include("linli.ground.trail.urls")),
    path("jobs/", include("linli.ground.jobs.urls")),
    path("places/", include("linli.ground.places.urls")),
    path("people/", include("linli.ground.accounts.urls")),
    path("officers/", include("linli.ground.officers.urls")),
    path("worklog/", include("linli.work.worklog.urls")),
    path("requests/", include("linli.work.requests.urls")),
    path("disputes/", include("linli.work.disputes.urls")),
    path("surveys/", include("linli.work.surveys.urls")),
    path("incidents/", include("linli.work.incidents.urls")),
    path("indicators/", include("linli.quarter.indicators.urls")),
    path("appraisal/", include("linli.quarter.appraisal.urls")),
    path("decisions/", include("linli.quarter.decisions.urls")),
    path("payments/", include("linli.quarter.payments.urls")),
    path("notices/", include("linli.quarter.notices.urls")),
    path("health", health, name="health"),
    path("api/", include("linli.faces.api.urls")),
    path("open311/", include("linli.faces.api.open311.urls")),
    path("p/", include("linli.faces.portal.urls")),
    path("", include("linli.faces.desk.urls")),
]
handler403 = "linli.ground.accounts.views.refused"
