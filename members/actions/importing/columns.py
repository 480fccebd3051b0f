"""The columns that an imported table may have: their headings in both languages, and how their cells are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativenorth.drawing.municipalities import MUNICIPALITIES
from creativenorth.text import orgnr
from creativenorth.text.phones import tidy_phone
from creativenorth.text.swedish import fold
from members.models import Affiliation, Company, ProfileVersion, Sector, User
from members.models.affiliation import Role, TargetGroup
from members.models.table_import import ImportKind

_MASKED = re.compile(r"[0-9]{6}-\*{4}")
_LIKE_A_PERSON = re.compile(r"(?:[0-9]{2})?([0-9]{2}[01][0-9]{3})[-+ ]?[0-9]{4}")
_EXCEL_DAY_ONE = date(1899, 12, 30)


@dataclass(frozen=True)
class Field:
    """One column. `read(text)` gives the value or raises `ValidationError`; `headings` are folded, without spaces in each;
    `choices` are offered in the template workbook.
    """

    name: str
    label: str
    read: Callable
    headings: str
    example: str = ""
    choices: tuple = ()
    is_required: bool = False
    is_offered: bool = True  # in the template workbook


def column(model, name):
    """A reader that applies the model column's own rules."""
    return lambda text: model._meta.get_field(name).clean(text, None)


def persons_phone(text):
    """As it is written in its country; what is no number stays as it is typed."""
    return tidy_phone(column(User, "phone")(text))


def website(text):
    return column(ProfileVersion, "website")(text if "://" in text else f"https://{text}")


def number(text):
    """None for a masked number, as our own exports have it: it changes nothing."""
    return None if _MASKED.fullmatch(text) else orgnr.parse(text)


def masked_if_personal(text):
    """The text of the cell, with the last four digits masked where it is, or may be, a sole trader's number."""
    found = _LIKE_A_PERSON.fullmatch(text.strip())
    return f"{found[1]}-****" if found else text


def day(text):
    """A date as written in Sweden, or Excel's number of a day. Raises `ValidationError`."""
    try:
        found = parse_date(text[:10])
    except ValueError:
        found = None
    if found is None and text.isdecimal() and 20_000 < int(text) < 80_000:
        found = _EXCEL_DAY_ONE + timedelta(days=int(text))
    if found is None:
        raise ValidationError(_("Write the date as 2026-11-24."))
    return found


def one_of(pairs):
    """A reader of words in either language that stand for values; its error lists the words."""
    known = {fold(str(word)): value for value, words in pairs for word in words}
    offered = ", ".join(words[0] for _value, words in pairs)

    def read(text):
        if fold(text) not in known:
            raise ValidationError(_("“%(text)s” is none of: %(words)s."), params={"text": text[:60], "words": offered})
        return known[fold(text)]

    return read


def municipality(text):
    found = next((one.code for one in MUNICIPALITIES if text == one.code or fold(text) == fold(one.name)), None)
    if found is None:
        raise ValidationError(_("There is no such municipality in Norrbotten and Västerbotten."))
    return found


class Sectors:
    """Reads several sectors separated by commas; asks the database once."""

    def __init__(self):
        self.known = {_plain(name): sector.pk for sector in Sector.objects.all() for name in _names(sector)}

    def __call__(self, text):
        asked = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        if strange := [part for part in asked if _plain(part) not in self.known]:
            line = ngettext("There is no sector %(names)s.", "There are no sectors %(names)s.", len(strange))
            raise ValidationError(line % {"names": ", ".join(strange)[:200]})
        return sorted({self.known[_plain(part)] for part in asked})


def _plain(name):
    """ "Musik & scenkonst", "Musik och scenkonst" and "musik-och-scenkonst" are one name."""
    return " ".join(word for word in re.findall("[0-9a-z]+", fold(name)) if word not in ("och", "and"))


def _names(sector):
    return sector.slug, sector.name_sv, sector.name_en


ROLES = [
    (Role.OWNER, ("ägare", "owner")),
    (Role.EDITOR, ("redaktör", "editor")),
    (Role.PARTICIPANT, ("deltagare", "participant")),
]
GROUPS = [
    (TargetGroup.MANAGER, ("chef", "verksamhetsledare", "manager", "managers", "chefer")),
    (TargetGroup.PROJECT_LEADER, ("projektledare", "project leader", "project_leader", "project leaders")),
    (TargetGroup.CREATOR, ("kreatör", "kreatörer", "creator", "creators")),
]
LANGUAGES = [("sv", ("svenska", "sv", "swedish")), ("en", ("engelska", "en", "english"))]
MUNICIPALITY_NAMES = tuple(one.name for one in MUNICIPALITIES)


def _words(pairs):
    return tuple(words[0] for _value, words in pairs)


def _of_companies():
    text = {
        name: column(ProfileVersion, name)
        for name in ("tagline_sv", "tagline_en", "description_sv", "description_en", "town", "email", "phone")
    }
    return [
        Field("name", _("Name"), column(Company, "name"), "namn foretag foretagsnamn bolag organisation name company companyname",
              "EXEMPEL AB", is_required=True),
        Field("number", _("Organisation number"), number,
              "organisationsnummer orgnr orgnummer organisationnumber organisationno orgno", "556016-0680"),
        Field("municipality", _("Municipality"), municipality, "kommun municipality", "Piteå", MUNICIPALITY_NAMES),
        Field("town", _("Town"), text["town"], "ort stad postort town city", "Öjebyn"),
        Field("website", _("Website"), website, "webbplats hemsida webb url website web www", "www.exempel.example"),
        Field("email", _("E-mail"), text["email"], "epost epostadress mejl mail email emailaddress", "hej@exempel.example"),
        Field("phone", _("Phone"), text["phone"], "telefon tel telefonnummer mobil phone phonenumber", "0911-123 45"),
        Field("sectors", _("Sectors"), Sectors(), "branscher bransch sektor sektorer sectors sector industry"),
        Field("tagline_sv", _("One line, in Swedish"), text["tagline_sv"], "enrad slogan tagline taglinesv ennradsvenska",
              "Vi visar hur raden fylls i"),
        Field("tagline_en", _("One line, in English"), text["tagline_en"], "taglineen enradengelska"),
        Field("description_sv", _("Description, in Swedish"), text["description_sv"],
              "beskrivning omforetaget description descriptionsv beskrivningsvenska"),
        Field("description_en", _("Description, in English"), text["description_en"],
              "descriptionen beskrivningengelska"),
        Field("joined_on", _("Member from"), day, "medlemfran medlemsedan gickmed memberfrom membersince joined joinedon",
              "2026-01-01"),
    ]  # fmt: skip


def _of_people():
    return [
        Field("email", _("E-mail"), column(User, "email"), "epost epostadress mejl mail email emailaddress", "namn@exempel.example",
              is_required=True),
        Field("name", _("Name"), column(User, "name"), "namn person fornamnochefternamn name fullname", "EXEMPEL Person"),
        Field("first_name", _("First name"), column(User, "name"), "fornamn tilltalsnamn firstname givenname", is_offered=False),
        Field("last_name", _("Last name"), column(User, "name"), "efternamn lastname surname familyname", is_offered=False),
        Field("phone", _("Phone"), persons_phone, "telefon tel telefonnummer mobil phone phonenumber", "070-123 45 67"),
        Field("language", _("Language"), one_of(LANGUAGES), "sprak language", "svenska", _words(LANGUAGES)),
        Field("company", _("Company"), str, "foretag bolag organisation organisationsnummer orgnr company organisationnumber",
              "Exempel AB"),
        Field("role", _("Role"), one_of(ROLES), "roll role", "deltagare", _words(ROLES)),
        Field("target_group", _("Target group"), one_of(GROUPS), "malgrupp targetgroup", "kreatör", _words(GROUPS)),
        Field("title", _("Title"), column(Affiliation, "title"), "titel befattning title position", "Producent"),
    ]  # fmt: skip


def fields_of(kind):
    return _of_companies() if kind == ImportKind.COMPANIES else _of_people()


def guess_columns(kind, head):
    """{index of the column: name of the field} by the headings; each field is matched with one column, the first."""
    found, fields = {}, fields_of(kind)
    for index, heading in enumerate(head):
        bare = re.sub(r"[^0-9a-z]", "", fold(heading))
        for field in fields:
            names = {
                *field.headings.split(),
                field.name.replace("_", ""),
                re.sub(r"[^0-9a-z]", "", fold(str(field.label))),
            }
            if bare in names and field.name not in found.values():
                found[index] = field.name
                break
    return found
