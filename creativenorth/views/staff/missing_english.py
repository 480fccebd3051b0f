"""Public texts that lack English, each with a link to its field."""

from dataclasses import dataclass

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Left
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.mail.models import MailTemplate
from creativenorth.site.models import Cluster, NewsItem, PageText
from creativenorth.staff.pages import READS, staff_page
from creativenorth.staff.todos import ToDo, Urgency, todo_source
from creativenorth.text.bilingual import texts_of
from events.models import Activity, Question, Session
from members.models import Company, ProfileVersion, Sector, Skill, Work
from programmes.models import Funder, Programme, Project, Strategy

PER_PAGE = 50
EXCERPT = 120


@dataclass(frozen=True)
class Source:
    """The public rows of a model, and the column that points to the object in whose form they are edited, if not their own."""

    rows: callable
    edited_in: str = ""


SOURCES = {
    Cluster: Source(lambda: Cluster.objects.all()),
    PageText: Source(lambda: PageText.objects.all()),
    NewsItem: Source(lambda: NewsItem.objects.public()),
    ProfileVersion: Source(lambda: ProfileVersion.objects.filter(public_for__in=Company.objects.public())),
    Work: Source(lambda: Work.objects.filter(version__public_for__in=Company.objects.public()), "version"),
    Sector: Source(lambda: Sector.objects.all()),
    Skill: Source(lambda: Skill.objects.all()),
    Activity: Source(lambda: Activity.objects.public()),
    Session: Source(lambda: Session.objects.filter(activity__in=Activity.objects.public()), "activity"),
    Question: Source(lambda: Question.objects.filter(activity__in=Activity.objects.public()), "activity"),
    Programme: Source(lambda: Programme.objects.public()),
    Strategy: Source(lambda: Strategy.objects.public()),
    Project: Source(lambda: Project.objects.filter(Q(is_present=True) | Q(programmes__in=Programme.objects.public()))),
    Funder: Source(lambda: Funder.objects.filter(project__is_present=True), "project"),
    MailTemplate: Source(lambda: MailTemplate.objects.all()),
}
NOT_PUBLIC = {"members.letter"}  # a letter is sent once, and its own form asks for both languages


def bilingual_models():
    """{model: names of its texts in both languages}."""
    models = [model for model in apps.get_models() if not model._meta.proxy]
    return {model: names for model in models if (names := texts_of(model))}


def _missing(user):
    """(model, field, id, excerpt, id of the edited object) of each text, of the models that the person may see."""
    parts = []
    for model, names in bilingual_models().items():
        source = SOURCES.get(model)
        if source is None or not user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            continue
        owner = F(f"{source.edited_in}_id") if source.edited_in else F("pk")
        for name in names:
            rows = source.rows().order_by().filter(**{f"{name}_en": ""}).exclude(**{f"{name}_sv": ""})
            parts.append(
                rows.annotate(
                    lacking_kind=Value(model._meta.label_lower, CharField()),
                    lacking_field=Value(name, CharField()),
                    lacking_text=Left(f"{name}_sv", EXCERPT),
                    lacking_owner=owner,
                ).values_list("lacking_kind", "lacking_field", "pk", "lacking_text", "lacking_owner")
            )
    return parts[0].union(*parts[1:], all=True) if parts else None


@staff_page(methods=READS)
def english(request):
    """GET ?p=: the texts, by kind. One query for the page, one for the count, one for the names of each kind on it and of its owner."""
    missing = _missing(request.user)
    rows = missing.order_by("lacking_kind", "pk", "lacking_field") if missing is not None else []
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {"title": _("What lacks English"), "page": page, "lines": _lines(list(page.object_list))}
    return TemplateResponse(request, "admin/missing_english.html", context)


def _lines(rows):
    wanted = {}
    for kind, _field, pk, _excerpt, owner in rows:
        wanted.setdefault(_form_model(kind), set()).add(owner)
        wanted.setdefault(apps.get_model(kind), set()).add(pk)
    names = {model: {obj.pk: str(obj) for obj in _of(model, numbers)} for model, numbers in wanted.items()}
    return [_line(row, names) for row in rows]


def _of(model, numbers):
    related = [field.name for field in model._meta.concrete_fields if field.is_relation and not field.null][:1]
    return model._base_manager.filter(pk__in=numbers).select_related(*related)


def _form_model(kind):
    """The model in whose form the text is edited."""
    model = apps.get_model(kind)
    edited_in = SOURCES[model].edited_in
    return model._meta.get_field(edited_in).related_model if edited_in else model


def _line(row, names):
    kind, field, pk, excerpt, owner = row
    model, form_model = apps.get_model(kind), _form_model(kind)
    url = reverse(f"admin:{form_model._meta.app_label}_{form_model._meta.model_name}_change", args=[owner])
    anchor = f"id_{field}_en" if model is form_model else f"{_group(model)}-group"
    return {
        "kind": capfirst(str(model._meta.verbose_name)),
        "name": names[form_model].get(owner, owner),
        "own_name": names[model].get(pk, pk),
        "is_part": model is not form_model,
        "field": capfirst(str(model._meta.get_field(f"{field}_sv").verbose_name)),
        "excerpt": excerpt,
        "url": f"{url}#{anchor}",
        "label": field,
    }


def _group(model):
    """The name that Django's form gives the rows of a model that belongs to another."""
    owner = model._meta.get_field(SOURCES[model].edited_in)
    return owner.remote_field.get_accessor_name()


@todo_source
def texts_without_english(user):
    missing = _missing(user)
    count = missing.count() if missing is not None and user.has_perm("creativenorth.change_pagetext") else 0
    if count:
        text = ngettext("text lacks English", "texts lack English", count)
        yield ToDo(Urgency.LATER, text, reverse("admin:english"), str(count))
