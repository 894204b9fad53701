"""Addresses of this room."""

from django.urls import path

from linli.ground.officers.views import days, leave, pairings, people, posts

app_name = "officers"
_POST = "<str:bureau>/posts/<str:officer>/<str:community>/<str:start>/"
urlpatterns = [
    path("<str:bureau>/", people.people, name="people"),
    path("<str:bureau>/add/", people.add_officer, name="add_officer"),
    path("<str:bureau>/officer/<str:code>/", people.officer, name="officer"),
    path("<str:bureau>/officer/<str:code>/edit/", people.edit_officer, name="edit_officer"),
    path("<str:bureau>/officer/<str:code>/relate/", people.relate, name="relate"),
    path("<str:bureau>/officer/<str:code>/unrelate/<str:relative>/", people.unrelate, name="unrelate"),
    path("<str:bureau>/leaders/", people.leaders, name="leaders"),
    path("<str:bureau>/leaders/add/", people.add_leader, name="add_leader"),
    path("<str:bureau>/posts/", posts.posts, name="posts"),
    path("<str:bureau>/posts/hold/", posts.hold_post, name="hold_post"),
    path(_POST, posts.post, name="post"),
    path(f"{_POST}leave/", posts.leave_post, name="leave_post"),
    path(f"{_POST}restaff/", posts.restaff, name="restaff"),
    path(f"{_POST}reopen/", posts.reopen_post, name="reopen_post"),
    path(f"{_POST}remove/", posts.remove_post, name="remove_post"),
    path("<str:bureau>/pairings/", pairings.pairings, name="pairings"),
    path("<str:bureau>/pairings/pair/", pairings.pair, name="pair"),
    path("<str:bureau>/pairings/<int:pk>/end/", pairings.end_pairing, name="end_pairing"),
    path("<str:bureau>/pairings/<int:pk>/remove/", pairings.remove_pairing, name="remove_pairing"),
    path("<str:bureau>/my-days/", days.my_days, name="my_days"),
    path("<str:bureau>/my-days/<int:pk>/withdraw/", days.withdraw_day, name="withdraw_day"),
    path("<str:bureau>/to-countersign/", days.to_sign, name="to_sign"),
    path("<str:bureau>/to-countersign/<int:pk>/", days.countersign, name="countersign"),
    path("<str:bureau>/to-countersign/<int:pk>/refuse/", days.refuse_day, name="refuse_day"),
    path("<str:bureau>/leader-days/", days.months_now, name="months_now"),
    path("<str:bureau>/leader-days/<str:period>/", days.months, name="months"),
    path("<str:bureau>/leave/", leave.leave, name="leave"),
    path("<str:bureau>/leave/record/", leave.record_leave, name="record_leave"),
    path("<str:bureau>/leave/<str:officer>/<str:first>/cancel/", leave.cancel_leave, name="cancel_leave"),
    path("<str:bureau>/my-leave/", leave.my_leave, name="my_leave"),
]
