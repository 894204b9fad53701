"""How logging in differs from a public site: nobody signs up; an administrator makes accounts, and logins are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.accounts import actions
from linli.ground.accounts.models import User
from linli.ground.trail.encrypted import lock


class StaffOnly(DefaultAccountAdapter):
    """No public sign-up; each login is told of the one before; wrong passwords leave an entry in the trail."""

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Names count in small letters only, so that nobody gets new tries by writing one in capitals."""
        if "username" in credentials:
            credentials["username"] = credentials["username"].lower()
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        user = User.objects.filter(username=credentials.get("username", "")).first()
        tries = getattr(request, "axes_failures_since_start", None)
        limit = settings.AXES_FAILURE_LIMIT
        # An unknown name may be a password typed into the wrong field; tries while locked are no news.
        if user is None or not tries or tries > limit:
            return
        address, locked = self.get_client_ip(request), tries == limit
        actions.note_failed_login(by=actions.PROGRAM, user=user, address=address, locked=locked)

    def login(self, request, user):
        before = user.last_login
        super().login(request, user)
        actions.note_login(by=user, address=self.get_client_ip(request), before=before)
        if user.seen_login_at:
            when = date_format(localtime(user.seen_login_at), "DATETIME_FORMAT")
            said = _("Your last login: %(when)s from %(where)s.") % {"when": when, "where": user.seen_login_from or "—"}
            messages.info(request, said)

    def set_password(self, user, password):
        actions.choose_password(by=user, password=password)


class SecondFactors(DefaultMFAAdapter):
    """Secrets of apps and recovery codes stand encrypted in the database, with the keys of personal fields."""

    def encrypt(self, text):
        return lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return lock().decrypt(encrypted_text.encode()).decode()
