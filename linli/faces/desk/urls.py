"""Addresses of this room: the first page, the county, the officer's file, the county book."""

from django.urls import include, path

from linli.faces.desk.county import views as county
from linli.faces.desk.file import views as file
from linli.faces.desk.home import views as home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("books/", include("linli.faces.desk.books.urls")),
    path("round/", include("linli.faces.desk.round.urls")),
    path("county/card.css", file.style, name="card-style"),
    path("county/<str:bureau>/", county.county, name="county"),
    path("county/<str:bureau>/my-file/", file.my_file, name="my-file"),
    path("county/<str:bureau>/<str:period>/", county.quarter, name="quarter"),
    path("county/<str:bureau>/<str:period>/officers/<str:officer>/", file.file, name="file"),
]
