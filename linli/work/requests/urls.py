"""Addresses of this room."""

from django.urls import path

from linli.work.requests.views import complaints, figures, lists, one, paper, routes

app_name = "requests"
urlpatterns = [
    path("<slug:bureau>/", lists.listed, name="list"),
    path("<slug:bureau>/counts", figures.counts, name="counts"),
    path("<slug:bureau>/hot", figures.hot, name="hot"),
    path("<slug:bureau>/paper", paper.paper, name="paper"),
    path("<slug:bureau>/routes", routes.routes, name="routes"),
    path("<slug:bureau>/routes/forget", routes.forget, name="forget_route"),
    path("<slug:bureau>/one/<slug:number>/", one.one, name="one"),
    path("<slug:bureau>/one/<slug:number>/photo", one.photo, name="photo"),
    path("<slug:bureau>/one/<slug:number>/contact", one.contact, name="contact"),
    path("<slug:bureau>/one/<slug:number>/<slug:step>", one.step, name="step"),
    path("<slug:bureau>/complaints", complaints.complaints, name="complaints"),
    path("<slug:bureau>/complaints/<slug:number>/", complaints.complaint, name="complaint"),
    path("<slug:bureau>/complaints/<slug:number>/<slug:step>", complaints.step, name="complaint_step"),
]
