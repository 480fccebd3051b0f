"""Copies of versions of profiles: a draft begins as a copy of what is public, and going back publishes a copy."""

from members.models import ProfileVersion, Work


def copies_of(versions, **columns):
    """New rows that say what these say, with the given columns; a constant number of queries, however many there are."""
    links = [field.name for field in ProfileVersion._meta.many_to_many]
    own = [name for name in ProfileVersion.content() if name not in links]
    copies = ProfileVersion.objects.bulk_create(
        ProfileVersion(
            **{name: _raw(version, name) for name in own},
            company_id=version.company_id,
            is_placeholder=version.is_placeholder,
            new_skills=version.new_skills,
            **columns,
        )
        for version in versions
    )
    keys = {version.pk: copy.pk for version, copy in zip(versions, copies, strict=True) if version.pk}
    for name in links:
        through = ProfileVersion._meta.get_field(name).remote_field.through
        rows = list(through.objects.filter(profileversion__in=keys))
        for row in rows:
            row.pk, row.profileversion_id = None, keys[row.profileversion_id]
        through.objects.bulk_create(rows)
    works = Work.objects.filter(version__in=keys, is_removed=False).order_by("pk")
    Work.objects.bulk_create(copy_of_work(work, keys[work.version_id]) for work in works)
    return copies


def copy_of_work(work, version_id):
    """Unsaved; the same work in another version."""
    return Work(version_id=version_id, key=work.key, **{name: _raw(work, name) for name in Work.content()})


def _raw(row, name):
    value = getattr(row, name)
    return value.name if hasattr(value, "storage") else value


def start_draft(company):
    """The company's draft, begun from what is public where there is none. The caller holds the company's lock."""
    return company.draft or copies_of([company.profile])[0]
