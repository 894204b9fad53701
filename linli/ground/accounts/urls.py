"""Addresses of this room."""

from django.urls import path

from linli.ground.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.opening, name="new"),
    path("mine/", views.mine, name="mine"),
    path("account/<str:username>/", views.one, name="one"),
    path("account/<str:username>/close/", views.close, name="close"),
    path("account/<str:username>/reopen/", views.reopen, name="reopen"),
    path("account/<str:username>/password/", views.password, name="password"),
    path("account/<str:username>/second-factor/", views.second_factor, name="second_factor"),
    path("account/<str:username>/unlock/", views.unlock, name="unlock"),
]
