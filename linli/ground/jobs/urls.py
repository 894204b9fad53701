"""Addresses of this room. A job's key may hold anything, so its number stands in the address."""

from django.urls import path

from linli.ground.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>/again/", views.try_again, name="try_again"),
]
