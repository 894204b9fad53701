"""Addresses of this room: pages for the personnel office, then what programs ask."""

from django.urls import path

from linli.faces.api import views
from linli.faces.api.endpoints import api

app_name = "api"
urlpatterns = [
    path("clients/<slug:bureau>/", views.clients, name="clients"),
    path("clients/<slug:bureau>/open", views.open_client, name="open"),
    path("clients/<slug:bureau>/<int:number>/close", views.close_client, name="close"),
    path("", api.urls),
]
