"""Addresses of this room."""

from django.urls import path

from linli.ground.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", views.verify, name="verify"),
    path("<int:number>/", views.one, name="one"),
]
