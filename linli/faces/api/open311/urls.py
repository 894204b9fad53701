"""Addresses of Open311."""

urlpatterns = []
