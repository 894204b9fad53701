"""Addresses of this room: the first page, the county, the officer's file, the county book."""

from django.urls import path

from linli.faces.desk.home import views as home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
]
