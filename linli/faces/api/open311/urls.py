"""Addresses of Open311: each ends in the format of its answer."""

from django.urls import path, register_converter

from linli.faces.api.open311 import views
from linli.faces.api.open311.formats import FORMATS


class _Text:
    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Form(_Text):
    """json or xml at the end of an address."""

    regex = "|".join(FORMATS)


class Anything(_Text):
    """What may be a number or a code; whether it is one is answered in the format asked for."""

    regex = r"[\s\S]+"


register_converter(Form, "form")
register_converter(Anything, "anything")
app_name = "open311"
urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("discovery.<form:form>", views.discovery, name="discovery"),
    path("v2/discovery.<form:form>", views.discovery, name="discovery-beside"),  # where some programs look for it
    path("v2/services.<form:form>", views.services, name="services"),
    path("v2/services/<anything:code>.<form:form>", views.service, name="service"),
    path("v2/requests.<form:form>", views.requests, name="requests"),
    path("v2/requests/<anything:number>.<form:form>", views.one_request, name="request"),
    path("v2/tokens/<anything:number>.<form:form>", views.token, name="token"),
]
