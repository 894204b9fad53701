"""Addresses of this room."""

app_name = "disputes"
urlpatterns = []
