"""The language of a page is the one chosen in its header; until somebody chooses, Traditional Chinese."""

from django.middleware.locale import LocaleMiddleware


class Language(LocaleMiddleware):
    """Django's, but deaf to the browser: an office's computer often speaks another language than its people.

    What the browser asked for is kept as ``request.asked_language`` for faces whose readers bring their own device.
    """

    def __call__(self, request):
        request.asked_language = request.META.pop("HTTP_ACCEPT_LANGUAGE", "")
        return super().__call__(request)
