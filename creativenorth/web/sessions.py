"""The session, and with it the person who is signed in, in one query."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.auth import middleware
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, Subquery
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from creativenorth.prepared import Now, prepared


class SessionStore(db.SessionStore):
    """`person` is who signed in with the session, as far as that is known; not yet whether it is still good for them."""

    person = None

    def _get_session_from_db(self):
        for row in _signed_in(self.session_key):
            self.person = row.user
            return row
        return super()._get_session_from_db()


@prepared
def _signed_in(key):
    open_sessions = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    rows = UserSession.objects.filter(session_key=key).select_related("user").only("user")
    return rows.annotate(session_data=Subquery(open_sessions.values("session_data"))).exclude(session_data=None)


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))


def user_of(request):
    if not hasattr(request, "_cached_user"):
        request._cached_user = _person(request.session) or auth.get_user(request)
    return request._cached_user


def _person(session):
    """Who was read with the session, where Django would accept them; in every other case Django decides."""
    key = session.get(auth.SESSION_KEY)
    person = session.person
    if (
        person is None
        or str(person.pk) != key
        or not person.is_active
        or session.get(auth.BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS
    ):
        return None
    is_same = constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    return person if is_same else None
