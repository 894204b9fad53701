"""The application's addresses and a bare view beside them."""

from django.urls import path

from benchmarks.web.pages import bare
from linli.urls import handler403, urlpatterns

urlpatterns = [path("bare/<int:rows>/", bare), *urlpatterns]
__all__ = ["handler403", "urlpatterns"]
