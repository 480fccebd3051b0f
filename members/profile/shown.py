"""A company's profile as one audience sees it; every page, search hit, feed and export is made from it."""

import copy
from dataclasses import dataclass

from creativenorth.text.swedish import fold
from members.models import Sector, Skill
from members.models.profile.version import is_of_picture
from members.models.profile.visibility import ProfileAudience, field_of, shows_field


class Profile:
    """What a version of a company's profile, the public one unless told otherwise, shows an audience.

    Every attribute of the version that is decided by a visibility is empty for those who may not see it.
    """

    def __init__(self, company, audience=ProfileAudience.PUBLIC, version=None, lists=None):
        self.company, self.audience = company, audience
        self.version, self._lists = version or company.profile, lists or {}
        self.pk, self.name, self.slug, self.url = company.pk, company.name, company.slug, company.url
        self.published_at, self.is_placeholder = company.published_at, self.version.is_placeholder

    def __getattr__(self, attribute):
        try:
            field = field_of(attribute)
        except KeyError:
            raise AttributeError(attribute) from None
        return getattr(self.version, attribute) if self.shows(field) else ""

    def shows(self, field):
        return shows_field(self.company.visibility, field, self.audience)

    @property
    def sectors(self):
        return self._list("sectors")

    @property
    def skills(self):
        return self._list("skills")

    @property
    def works(self):
        return self.version.shown_works if self.shows("works") else ()

    @property
    def main_picture(self):
        """The picture that stands for the company everywhere, {name, alt, crop}: its cover, else that of its first work; None."""
        if self.cover:
            return {"name": str(self.cover), "alt": self.cover_alt, "crop": self.cover_crop}
        work = next((work for work in self.works if work.picture), None)
        return {"name": str(work.picture), "alt": work.alt, "crop": ""} if work else None

    def _list(self, name):
        if not self.shows(name):
            return ()
        return self._lists[name] if name in self._lists else self.version.listed(name)


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """What the walls of companies show of one."""

    name: str
    url: str
    tagline: str
    municipality_name: str
    logo_url: str
    logo_is_pale: bool
    picture: str
    picture_crop: str
    is_placeholder: bool


def company_card(company, audience=ProfileAudience.PUBLIC):
    """The card of a company that was read `for_cards`."""
    shown = Profile(company, audience)
    picture = str(shown.cover or "") or (shown.shows("works") and company.work_picture) or ""
    return CompanyCard(
        name=shown.name,
        url=shown.url,
        tagline=shown.tagline,
        municipality_name=shown.municipality_name,
        logo_url=shown.logo_url,
        logo_is_pale=bool(shown.logo_is_pale),
        picture=picture,
        picture_crop=shown.cover_crop if shown.cover else "",
        is_placeholder=shown.is_placeholder,
    )


def previewed(company, audience, version, written):
    """The profile with what is written in a section's form on top of the version, examples left out; nothing is saved.

    `written` is {name: value}; the visibility of a field is named "visibility:phone".
    """
    shown, reader = copy.copy(version), copy.copy(company)
    words = {name.partition(":")[2]: word for name, word in written.items() if ":" in name}
    written = {name: value for name, value in written.items() if ":" not in name}
    reader.visibility = company.visibility | words
    names = [name for name in version.content() if name in written or not is_of_picture(name)]
    values = {name: version.value(name) for name in names} | written
    for name, value in values.items():
        if name not in ("sectors", "skills"):
            setattr(shown, name, value)
    shown.is_placeholder = False
    known = {fold(skill.name_sv): skill for skill in Skill.objects.all()}
    skills = [known.get(fold(name), Skill(name_sv=name, name_en=name)) for name in values["skills"]]
    lists = {"sectors": list(Sector.objects.filter(slug__in=values["sectors"])), "skills": skills}
    return Profile(reader, audience, shown, lists)
