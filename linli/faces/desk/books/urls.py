"""Addresses of county books; part of the desk's own."""

from django.urls import path

from linli.faces.desk.books import covariates, views

covariates.say()
urlpatterns = [
    path("<str:bureau>/", views.books, name="books"),
    path("<str:bureau>/export.<str:kind>", views.export, name="export-book"),
    path("<str:bureau>/<int:number>/", views.book, name="book"),
    path("<str:bureau>/<int:number>/renew/", views.renew, name="renew-book"),
    path("<str:bureau>/<int:number>/apply/", views.apply, name="apply-book"),
    path("<str:bureau>/<int:number>/discard/", views.discard, name="discard-book"),
    path("<str:bureau>/<int:number>/undo/", views.undo, name="undo-book"),
]
