"""Undoing an import by the database's own history: its events bear the import's `history_context`.

What stood in a row before is the row's last event of another cause; where that one came later, somebody has changed the
row since. Addresses to sign in with have no history: they go with the person.
"""

from collections import defaultdict
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import models
from django.utils import timezone

from creativenorth.history.recording import event_model_of
from members.actions.importing import companies
from members.actions.merging.relations import columns_to
from members.models import Affiliation, Company, CompanyNumber, Invitation, Membership, ProfileVersion, User
from members.models.table_import import ImportKind

TARGET_MODELS = {ImportKind.COMPANIES: Company, ImportKind.PEOPLE: User}
# (model, column of the owner) of what an import writes beside its company or person, in the order of deleting.
BELONGING = {
    Company: [(CompanyNumber, "company_id"), (Membership, "company_id"), (ProfileVersion, "company_id")],
    User: [(Affiliation, "user_id")],
}


@dataclass(frozen=True)
class Touched:
    """A row that the import created or changed. `before` and `after` are events; a new row has no `before`."""

    model: type
    owner: int  # key of the company or person
    before: models.Model | None
    after: models.Model
    is_new: bool

    @property
    def key(self):
        return self.after.pgh_obj_id

    @property
    def is_changed_since(self):
        """Also where nothing tells what stood there before."""
        return self.before.pgh_id > self.after.pgh_id if self.before else not self.is_new

    def restored(self):
        """{column: value before} of what the import changed."""
        own = {column.attname for column in self.model._meta.concrete_fields}
        names = [column.attname for column in self.after._meta.concrete_fields if column.attname in own]
        pairs = {name: (getattr(self.before, name), getattr(self.after, name)) for name in names}
        return {name: before for name, (before, after) in pairs.items() if before != after}


def undo(table_import):
    """Take back what nobody has changed or used since: {key of a company or person that was left: why}, and how many were not."""
    model = TARGET_MODELS[table_import.kind]
    tables = [*BELONGING[model], (model, "pgh_obj_id")]
    rows = [row for each, owner in tables for row in _touched(each, owner, table_import.history_context)]
    owners = {row.owner for row in rows}
    held = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=owners).order_by("pk")
    there = set(held.values_list("pk", flat=True))
    left = _left(model, rows, there)
    taken_back = [row for row in rows if row.owner not in left]
    _take_back(model, taken_back, table_import)
    return left, len(owners) - len(left)


def _touched(model, owner, context):
    events = event_model_of(model).objects
    ours = events.filter(pgh_context=context).order_by("pgh_id")
    if model is ProfileVersion:
        ours = ours.filter(pgh_label="insert")  # drafts that followed are led back by following once more
    after, new = {}, set()
    for event in ours:
        after[event.pgh_obj_id] = event
        if event.pgh_label == "insert":
            new.add(event.pgh_obj_id)
    others = events.filter(pgh_obj_id__in=after).exclude(pgh_context=context)
    last = others.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    before = {event.pgh_obj_id: event for event in last}
    return [Touched(model, getattr(event, owner), before.get(key), event, key in new) for key, event in after.items()]


def _left(model, rows, there):
    """{key of the owner: "changed", "used" or "gone"} of those that are not undone."""
    used, left = _used(model, [row for row in rows if row.is_new]), {}
    for row in rows:
        if row.owner not in there:
            left[row.owner] = "gone"
        elif row.is_changed_since:
            left[row.owner] = "changed"
    return dict.fromkeys(used - left.keys(), "used") | left


def _used(model, rows):
    """Keys of new owners to which rows point by now that the import did not create; one query for each relation."""
    ours = defaultdict(set)
    for row in rows:
        ours[row.model].add(row.key)
    owners, used = ours[model], set()
    for column in columns_to(model):
        found = column.model._base_manager.filter(**{f"{column.name}__in": owners})
        if column.model is EmailAddress:
            found = found.filter(verified=True)
        found = found.exclude(pk__in=ours[column.model])
        used |= set(found.values_list(f"{column.name}_id", flat=True))
    if model is User:
        used |= set(User.objects.filter(pk__in=owners, last_login__isnull=False).values_list("pk", flat=True))
    return used


def _take_back(model, rows, table_import):
    """Restore the columns that were changed, then delete what was created, dependent rows first."""
    new = defaultdict(list)
    for row in rows:
        if row.is_new:
            new[row.model].append(row.key)
    for table in {row.model for row in rows}:
        _restore(table, [row for row in rows if row.model is table and not row.is_new])
    if model is Company:
        Company.objects.filter(pk__in=new[Company]).update(public_version=None)
        companies.follow_back(_versions_taken_back(rows))
    else:
        _withdraw_invitations(table_import, new[User])
    for table, _owner in [*BELONGING[model], (model, "")]:
        table.objects.filter(pk__in=new[table]).delete()


def _restore(model, rows):
    found = model.objects.in_bulk([row.key for row in rows])
    names = set()
    for row in rows:
        for name, value in row.restored().items():
            setattr(found[row.key], name, value)
            names.add(model._meta.get_field(name).name)
    if names:
        model.objects.bulk_update(found.values(), sorted(names), batch_size=200)


def _versions_taken_back(rows):
    """{key of a company: key of the version that is not its public one any more}."""
    changed = [row for row in rows if row.model is Company and not row.is_new]
    return {row.key: row.after.public_version_id for row in changed if "public_version_id" in row.restored()}


def _withdraw_invitations(table_import, people):
    """The invitations that the import sent to people who are taken back."""
    addresses = User.objects.filter(pk__in=people).values("email")
    sent = event_model_of(Invitation).objects.filter(pgh_context=table_import.history_context)
    theirs = Invitation.objects.filter(pk__in=sent.values("pgh_obj_id"), email__in=addresses)
    theirs.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
