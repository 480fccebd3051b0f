"""Merging: every row that points to the one that goes is moved to the one that stays, then the empty row is deleted.

Both rows are locked, the lower key first. A second merging of the same two waits, and gets the first one as its answer.
"""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.errors import ForeignKeyViolation

from creativenorth import mail
from members.actions.merging import choices
from members.actions.merging.relations import move_all
from members.actions.profile.copies import copies_of, copy_of_work
from members.actions.profile.publishing import make_public
from members.hooks.accounts import account_opened
from members.models import Affiliation, Company, CompanyNumber, Merge, User
from members.models.affiliation import Role
from members.permissions import may_merge, why_not_merge


class ChangedMeanwhile(Exception):
    """One of the two has changed since it was read, or meanwhile, or does not exist any more."""


def merge_companies(*, by, kept, gone, take=(), pair_digest=None):
    """Merge `gone` into `kept`, with the values named in `take` from `gone`; returns the `Merge`.

    `pair_digest` is the digest of what staff have read. Raises `PermissionDenied` and `ChangedMeanwhile`.
    """
    if not may_merge(by) or kept.pk == gone.pk:
        raise PermissionDenied
    return _at_once(lambda: _merge_companies(by, kept, gone, set(take), pair_digest))


def merge_people(*, by, kept, gone, take=(), pair_digest=None):
    """As `merge_companies`, for two accounts of one person. All addresses sign in to `kept`, which gets no more rights."""
    if why_not_merge(by, kept, gone):
        raise PermissionDenied
    return _at_once(lambda: _merge_people(by, kept, gone, set(take), pair_digest))


def _at_once(merge):
    """All or nothing. A row that points to `gone` may be inserted during the merge: the database refuses the deletion then."""
    try:
        with transaction.atomic():
            return merge()
    except IntegrityError as error:
        if isinstance(error.__cause__, ForeignKeyViolation):
            raise ChangedMeanwhile from error
        raise


def _locked(kept, gone, pair_digest):
    """(kept, gone, None) as they are now, or (None, None, merge) where they have been merged already."""
    model = type(kept)
    rows = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        owner = "company" if model is Company else "person"
        earlier = Merge.objects.filter(gone=gone.pk, **{owner: kept.pk}).first()
        if earlier is None:
            raise ChangedMeanwhile
        return None, None, earlier
    kept, gone = found[kept.pk], found[gone.pk]
    if pair_digest is not None and pair_digest != choices.pair_digest(kept, gone):
        raise ChangedMeanwhile
    return kept, gone, None


def _merge_companies(by, kept, gone, take, pair_digest):
    kept, gone, earlier = _locked(kept, gone, pair_digest)
    if earlier:
        return earlier
    names, owners = (kept.name, gone.name), _owners(kept, gone)
    values, version = _values(kept, gone, take), _merged_version(kept, gone, take, by)
    if choices.NUMBER in take:
        CompanyNumber.objects.filter(company=kept).delete()
    moved = move_all(gone, kept)
    _remove(gone)
    _write(kept, values)
    make_public(kept, version, by=by)
    merge = Merge.objects.create(company=kept, gone=gone.pk, slug=gone.slug, moved=moved, merged_by=by)
    for owner in owners:
        _tell(owner, "companies_merged", {"names": names, "name": kept.name, "path": kept.url}, merge)
    return merge


def _values(kept, gone, take):
    is_company = isinstance(kept, Company)
    names = [name for name in choices.COLUMNS[type(kept)] if name in take and not (is_company and name in choices.SAID)]
    values = {name: getattr(gone, name) for name in names}
    if is_company:
        values["visibility"] = choices.narrower_visibility(kept, gone)
        return values | _taken_down(kept, gone, values)
    signed_in = [at for at in (kept.last_login, gone.last_login) if at]
    return values | {"last_login": max(signed_in, default=None), "joined_at": min(kept.joined_at, gone.joined_at)}


def _taken_down(kept, gone, values):
    """A page that staff have taken down stays down, of whichever company it was, unless the published one is chosen."""
    is_public = values.get("published_at", kept.published_at)
    return {"taken_down_at": None if is_public else kept.taken_down_at or gone.taken_down_at}


def _merged_version(kept, gone, take, by):
    """A new version of the kept company's profile: the chosen values, the lists united, the other's works after its own."""
    (version,) = copies_of([kept.profile], published_at=timezone.now(), published_by=by)
    mine, others = kept.profile, gone.profile
    names = [name for name in choices.SAID if name in take]
    names += [also for name in names for also in choices.TAKEN_ALONG.get(name, ())]
    values = {name: others.said(name) for name in names}
    values |= {name: sorted({*mine.said(name), *others.said(name)}) for name in choices.LISTS}
    version.write(values | {"is_placeholder": choices.has_examples(kept, gone, take)})
    after = max((work.order for work in mine.listed("works")), default=-1) + 1
    for number, work in enumerate(others.shown_works):
        copied = copy_of_work(work, version.pk)
        copied.order = after + number
        copied.save()
    return version


def _remove(gone):
    """Without Django's cascade: the database refuses where anything still points to the row."""
    type(gone).objects.filter(pk=gone.pk)._raw_delete(using="default")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _write(kept, values):
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*values])


def _owners(kept, gone):
    owners = Affiliation.objects.current().filter(company__in=[kept, gone], role=Role.OWNER, user__is_active=True)
    return list(User.objects.filter(pk__in=owners.values("user")).order_by("pk"))


def _merge_people(by, kept, gone, take, pair_digest):
    kept, gone, earlier = _locked(kept, gone, pair_digest)
    if earlier:
        return earlier
    addresses = [kept.email, gone.email]
    values = _values(kept, gone, take)
    EmailAddress.objects.get_or_create(user=gone, email=gone.email)
    moved = move_all(gone, kept)
    _remove(gone)
    _write(kept, values)
    _set_first_address(kept)
    account_opened(kept)  # what was done as a guest from the other's addresses becomes theirs
    merge = Merge.objects.create(person=kept, gone=gone.pk, moved=moved, merged_by=by)
    for address in addresses if kept.is_active else ():
        _tell(kept, "people_merged", {"addresses": addresses, "email": kept.email}, merge, to=address)
    return merge


def _set_first_address(person):
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=person.email).update(primary=False)
    if not EmailAddress.objects.filter(user=person, email=person.email).update(primary=True):
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)


def _tell(person, template, facts, merge, to=None):
    to = to or person.email
    mail.queue(
        to=to,
        event=template,
        context=facts | {"person": person.name},
        language=person.language,
        cause=f"merge:{merge.pk}:{to}",
        reply_to=merge.merged_by.email,
    )
