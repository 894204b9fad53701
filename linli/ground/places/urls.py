"""Addresses of this room."""

from django.urls import path

from linli.ground.places.views import communities, facts, tree

app_name = "places"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("tree/<str:code>/", tree.place, name="place"),
    path("add-place/", tree.add_place, name="add_place"),
    path("add-bureau/", tree.add_bureau, name="add_bureau"),
    path("<str:bureau>/", communities.communities, name="communities"),
    path("<str:bureau>/add/", communities.add_community, name="add_community"),
    path("<str:bureau>/boundaries/", communities.boundaries, name="boundaries"),
    path("<str:bureau>/offices/", communities.offices, name="offices"),
    path("<str:bureau>/offices/add/", communities.add_office, name="add_office"),
    path("<str:bureau>/facts/", facts.years, name="years"),
    path("<str:bureau>/facts/<int:year>/", facts.year, name="year"),
    path("<str:bureau>/facts/<int:year>/write/", facts.write, name="write"),
    path("<str:bureau>/facts/<int:year>/publish/", facts.publish, name="publish"),
    path("<str:bureau>/community/<str:code>/", communities.community, name="community"),
    path("<str:bureau>/community/<str:code>/edit/", communities.edit_community, name="edit_community"),
    path("<str:bureau>/community/<str:code>/close/", communities.close_community, name="close_community"),
]
