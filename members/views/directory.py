from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Value, When
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.drawing.municipalities import CHOICES
from creativenorth.prepared import prepared
from creativenorth.search import forgiving
from creativenorth.web.fragments import render_part
from creativenorth.web.pagecache import public_page
from creativenorth.web.paging import page_of
from members.models import Company, LookingFor, Sector, audience_of
from members.models.profile.visibility import field_shown_to
from members.profile.shown import company_card

PER_PAGE = 48


@public_page
@login_not_required
@require_safe
def directory(request):
    """GET: public companies filtered by `q`, `sektor`, `kommun` and `soker`, `page`; by htmx the list alone.

    Unknown values are ignored.
    """
    audience = audience_of(request.user)
    options = _options(audience)
    chosen = _chosen(request.GET, options)
    answer = forgiving(chosen["q"], partial(_filtered, chosen=chosen, audience=audience))
    page = page_of(answer.rows.for_cards(), request.GET, PER_PAGE)
    page.object_list = [company_card(company, audience) for company in page.object_list]
    context = {
        "page": page,
        "answer": answer,
        "query": _query(chosen),
        "pills": _pills(chosen, options),
        "chosen": chosen,
        "filters": _filters(chosen, options),
    }
    return render_part(request, "members/directory.html", "members/_directory_results.html", context)


def _options(audience):
    """{parameter: {value: label}} of the values that some company shows to the audience."""
    rows = _places_and_sectors(audience=audience)
    municipalities = {municipality for municipality, *_sector in rows}
    sectors = sorted({(key, slug, sv, en) for _municipality, slug, sv, en, key in rows if slug})
    return {
        "sektor": {slug: Sector(name_sv=sv, name_en=en).name for _key, slug, sv, en in sectors},
        "kommun": {code: name for code, name in CHOICES if code in municipalities},
        "soker": dict(LookingFor.choices),
    }


@prepared
def _places_and_sectors(*, audience):
    """(municipality, a sector's address, names and place in the alphabet) of the companies, empty where it is not shown."""
    companies = Company.objects.public().order_by()
    shows_place, shows_sectors = (field_shown_to(audience, field) for field in ("location", "sectors"))
    columns = {
        "place": Case(When(shows_place, then="public_version__municipality"), default=Value("")),
        **{
            name: Case(When(shows_sectors, then=f"public_version__sectors__{name}"), default=Value(""))
            for name in ("slug", "name_sv", "name_en", "sort_key")
        },
    }
    named = {f"shown_{name}": column for name, column in columns.items()}
    return companies.annotate(**named).values_list(*named).distinct()


def _chosen(data, options):
    text = " ".join(data.get("q", "").split())[:100]
    chosen = {"q": text}
    for name, values in options.items():
        value = data.get(name, "")
        chosen[name] = value if value in values else ""
    return chosen


def _filtered(question, chosen, audience):
    companies = Company.objects.public().search(question, audience)
    shown = {
        "sektor": ("sectors", "sectors__slug", chosen["sektor"]),
        "kommun": ("location", "municipality", chosen["kommun"]),
        "soker": ("looking_for", "looking_for__contains", [chosen["soker"]]),
    }
    for name, (field, lookup, value) in shown.items():
        if chosen[name]:
            companies = companies.filter(field_shown_to(audience, field), **{f"public_version__{lookup}": value})
    return companies


def _query(chosen, without=None):
    return urlencode({name: value for name, value in chosen.items() if value and name != without})


def _pills(chosen, options):
    pills = []
    for name, value in chosen.items():
        if value:
            label = options[name][value] if name in options else f"”{value}”"
            pills.append({"label": label, "url": f"?{_query(chosen, without=name)}"})
    return pills


def _filters(chosen, options):
    labels = {"sektor": _("Sector"), "kommun": _("Municipality"), "soker": _("Looking for")}
    everything = {"sektor": _("All sectors"), "kommun": _("All municipalities"), "soker": _("Anything")}
    return [
        {"name": name, "label": label, "all": everything[name], "value": chosen[name], "options": options[name].items()}
        for name, label in labels.items()
    ]
