"""The filters of the list of activities: read from the address, applied to sessions, and shown as pills."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, partial

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.search import forgiving
from creativenorth.web.pagecache import cached, current_minute
from events.models import Activity, Kind, Session
from members.models.affiliation import TargetGroup

PAST = "tidigare"
_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Filters:
    q: str = ""
    typ: str = ""
    malgrupp: str = ""
    visa: str = ""

    @classmethod
    def of(cls, query):
        """From the query string; unknown values count as not set."""
        kind, group = query.get("typ", ""), query.get("malgrupp", "")
        return cls(
            q=query.get("q", "").strip()[:_LONGEST_SEARCH],
            typ=kind if kind in Kind.values else "",
            malgrupp=group if group in TargetGroup.values else "",
            visa=PAST if query.get("visa") == PAST else "",
        )

    @property
    def is_past(self):
        return self.visa == PAST

    def answer(self, user):
        """The sessions that fit, found by what was typed or by what was probably meant."""
        return forgiving(self.q, partial(self.sessions, user))

    def sessions(self, user, question):
        """One session of each activity that matches and that `user` may see, in the order of the list."""
        fitting = Activity.objects.visible_to(user).search(question)
        if self.typ:
            fitting = fitting.filter(kind=self.typ)
        if self.malgrupp:
            fitting = fitting.filter(Q(target_groups__contains=[self.malgrupp]) | Q(target_groups=[]))
        sessions = Session.objects.past() if self.is_past else Session.objects.upcoming()
        return sessions.filter(activity__in=fitting.order_by()).for_rows()

    def query(self, **changes):
        """The query string of these filters with some changed; filters that are not set are left out."""
        query = QueryDict(mutable=True)
        for name in ("q", "typ", "malgrupp", "visa"):
            if value := changes.get(name, getattr(self, name)):
                query[name] = value
        return query.urlencode()

    def address(self, path, **changes):
        query = self.query(**changes)
        return f"{path}?{query}" if query else path

    def pills(self, path):
        labels = {
            "q": _("“%(text)s”") % {"text": self.q} if self.q else "",
            "typ": capfirst(Kind(self.typ).label) if self.typ else "",
            "malgrupp": _("For %(group)s") % {"group": TargetGroup(self.malgrupp).label} if self.malgrupp else "",
        }
        return [{"label": label, "url": self.address(path, **{name: ""})} for name, label in labels.items() if label]


class CachedCountPaginator(Paginator):
    """Caches the count under the content version for at most a minute: counting slows down as the table grows."""

    def __init__(self, request, filters, sessions, per_page):
        super().__init__(sessions, per_page)
        self.request, self.filters = request, filters

    @cached_property
    def count(self):
        asked = f"{self.filters}|{self.request.user.is_staff}|{current_minute()}"
        key = f"activities:{hashlib.sha256(asked.encode()).hexdigest()}"
        return cached(self.request, key, self.object_list.order_by().count)
