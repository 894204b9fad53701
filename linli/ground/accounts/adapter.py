"""How logging in differs from a public site: nobody signs up; an administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffOnly(DefaultAccountAdapter):
    """No public sign-up."""

    def is_open_for_signup(self, request):
        return False
