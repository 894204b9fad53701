"""Addresses of the residents' pages; below ``staff/`` those on which staff write for them."""

from django.urls import path, re_path

from linli.faces.portal.views import answering, following, reading, saying, staff

app_name = "portal"
_HERE = "<slug:bureau>/"
_PLACE = f"{_HERE}c/<str:community>/"
urlpatterns = [
    path("", reading.bureaus, name="bureaus"),
    path(_HERE, reading.home, name="home"),
    path(f"{_HERE}choose/", reading.choose, name="choose"),
    path(_PLACE, reading.community, name="community"),
    path(f"{_PLACE}card/", reading.card, name="card"),
    re_path(
        r"^(?P<bureau>[-\w]+)/c/(?P<community>[^/]+)/card\.(?P<ending>svg|png)$", reading.card_code, name="card_code"
    ),
    re_path(r"^(?P<bureau>[-\w]+)/photo/(?P<name>[0-9a-f]{16})\.jpg$", reading.photo, name="photo"),
    path(f"{_HERE}bulletins/", reading.bulletins, name="bulletins"),
    path(f"{_HERE}privacy/", reading.privacy, name="privacy"),
    path(f"{_HERE}say/", saying.say, name="say"),
    path(f"{_HERE}say/<slug:kind>/", saying.request_of_kind, name="say_kind"),
    path(f"{_HERE}seen/", saying.seen, name="seen"),
    path(f"{_HERE}complain/", saying.complain, name="complain"),
    path(f"{_HERE}follow/", following.follow, name="follow"),
    path(f"{_HERE}follow/solved/", following.solved, name="solved"),
    path(f"{_HERE}confirm/", following.confirm, name="confirm"),
    path(f"{_HERE}s/", answering.letters, name="letters"),
    path(f"{_HERE}s/<str:token>/", answering.survey, name="survey"),
    path(f"{_HERE}s/<str:token>/contact/", answering.contact, name="contact"),
    path(f"{_HERE}staff/card/", staff.my_card, name="my_card"),
    path(f"{_HERE}staff/bulletins/", staff.posted, name="posted"),
    path(f"{_HERE}staff/bulletins/new/", staff.publish, name="publish"),
    path(f"{_HERE}staff/bulletins/<int:number>/", staff.change, name="change"),
    path(f"{_HERE}staff/bulletins/<int:number>/withdraw/", staff.withdraw, name="withdraw"),
    re_path(r"^(?P<rest>.*)$", reading.lost, name="lost"),
]
