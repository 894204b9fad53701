"""Addresses of this room."""

app_name = "worklog"
urlpatterns = []
