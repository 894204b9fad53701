"""Addresses of the officer's round; part of the desk's own."""

from django.urls import path

from linli.faces.desk.round import views

urlpatterns = [
    path("sw.js", views.worker, name="round-worker"),
    path("<str:bureau>/", views.round_page, name="round"),
    path("<str:bureau>/today", views.list_of_today, name="round-today"),
    path("<str:bureau>/sync", views.sync, name="round-sync"),
    path("<str:bureau>/manifest.webmanifest", views.manifest, name="round-manifest"),
]
