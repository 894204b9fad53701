"""The language of a page is the one chosen in its header; until somebody chooses, Traditional Chinese."""

from django.middleware.locale import LocaleMiddleware


class Language(LocaleMiddleware):
    """Django's, but deaf to the browser: an office's computer often speaks another language than its people."""

    def __call__(self, request):
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return super().__call__(request)
