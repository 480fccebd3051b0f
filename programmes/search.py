"""What search, staff's finder and search engines find of programmes."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.search.groups import Hit, SearchGroup, search_groups
from creativenorth.staff.finder import FinderGroup, finder_groups
from creativenorth.web.sitemaps import PublicSitemap, sitemaps
from programmes.models import Programme


@sitemaps.register
class ProgrammesSitemap(PublicSitemap):
    section = "programmes"
    pages = {"programmes:programmes": _("Programmes"), "programmes:strategy": _("Strategy")}

    def querysets(self):
        return [Programme.objects.public()]


def _rows(user, question):
    return Programme.objects.visible_to(user).search(question)


def _hits(rows, user):
    return [_hit(programme) for programme in rows]


def _hit(programme):
    meta, state = capfirst(programme.target_group_text), programme.unpublished_text
    return Hit(programme.url, programme.title, programme.summary, meta, unpublished_text=state)


search_groups.register(SearchGroup("programmes", _("Programmes"), "programmes:programmes", _rows, _hits))
finder_groups.register(FinderGroup(Programme, "title_sv", lambda programme: programme.target_group_text))
