"""A company's profile as one audience sees it; every page, search hit, feed and export is made from it."""

from members.models.visibility import ProfileAudience, shows_field


class VisibleField:
    """An attribute of the company that is empty for an audience that may not see it."""

    def __init__(self, field, attribute=None, empty=""):
        self.field, self.attribute, self.empty = field, attribute or field, empty

    def __get__(self, profile, owner=None):
        if profile is None:
            return self
        return getattr(profile.source, self.attribute) if profile.shows(self.field) else self.empty


class Profile:
    """A company's public profile, or what it would be with the draft's changes, as an audience sees it."""

    tagline = VisibleField("tagline")
    description = VisibleField("description")
    municipality = VisibleField("location", "municipality")
    municipality_name = VisibleField("location", "municipality_name")
    town = VisibleField("location", "town")
    website = VisibleField("website")
    email = VisibleField("email")
    phone = VisibleField("phone")
    logo = VisibleField("logo")
    logo_url = VisibleField("logo", "logo_url")
    logo_is_pale = VisibleField("logo", "logo_is_pale", False)
    cover = VisibleField("cover")
    cover_alt = VisibleField("cover", "cover_alt")
    cover_crop = VisibleField("cover", "cover_crop")
    looking_for_texts = VisibleField("looking_for", "looking_for_texts", ())

    def __init__(self, company, audience=ProfileAudience.PUBLIC, lists=None):
        self.source, self.audience, self._lists = company, audience, lists or {}

    def shows(self, field):
        return shows_field(self.source.visibility, field, self.audience)

    @property
    def pk(self):
        return self.source.pk

    @property
    def name(self):
        return self.source.name

    @property
    def slug(self):
        return self.source.slug

    @property
    def url(self):
        return self.source.url

    @property
    def is_placeholder(self):
        return self.source.is_placeholder

    @property
    def published_at(self):
        return self.source.published_at

    @property
    def sectors(self):
        return self._list("sectors")

    @property
    def skills(self):
        return self._list("skills")

    @property
    def works(self):
        return self._list("works")

    def _list(self, name):
        if not self.shows(name):
            return ()
        return self._lists[name] if name in self._lists else getattr(self.source, name).all()


def profiles(companies, audience=ProfileAudience.PUBLIC):
    return [Profile(company, audience) for company in companies]
