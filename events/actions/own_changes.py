"""What one changes in one's own registration: answers, requirements, who sees the name, on site or online."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.cancellation import check_rights
from events.actions.seats import locked_seats
from events.models import Answer, Cause, Registration, Requirements, State


def details_close_at(activity, starts_at):
    """When staff order the food; None for an activity without a date."""
    return starts_at and starts_at - timedelta(hours=activity.details_hours or 0)


def may_change_details(registration):
    """Whether answers and requirements can still be changed. Who sees the name can always be."""
    starts_at = registration.activity.sessions.aggregate(first=Min("starts_at"))["first"]
    close_at = details_close_at(registration.activity, starts_at)
    return registration.is_active and (close_at is None or close_at > timezone.now())


def change_details(registration, *, by, details):
    """Replace answers, requirements and visibility by `details`; once it is too late, only the visibility.

    `by` is a person or `BY_LINK`. Raises `PermissionDenied`, `ValidationError` where the registration has ended, and `Busy`.
    """
    check_rights(registration, by)
    with locked_seats(registration.activity) as seats:
        registration = _active(registration)
        seats.shown_names_changed |= registration.shown_to != details.shown_to
        registration.shown_to = details.shown_to
        registration.save(update_fields=["shown_to"])
        if may_change_details(registration):
            _save_answers(registration, seats.activity, details.answers)
            _save_requirements(registration, details)
    return registration


def _active(registration):
    registration = Registration.objects.select_related("activity", "user").get(pk=registration.pk)
    if not registration.is_active:
        raise ValidationError(_("This place has ended."), code="ended")
    return registration


def _save_answers(registration, activity, answers):
    """Writes only what differs, so that the history shows what changed."""
    known = {answer.question_id: answer for answer in registration.answers.all()}
    for question in activity.questions.all():
        text, answer = str(answers.get(question.pk, ""))[:500], known.get(question.pk)
        if answer and not text:
            answer.delete()
        elif answer and answer.text != text:
            answer.text = text
            answer.save(update_fields=["text"])
        elif text and not answer:
            Answer.objects.create(registration=registration, question=question, text=text)


def _save_requirements(registration, details):
    if details.diet or details.access:
        chosen = {"diet": details.diet, "access": details.access}
        Requirements.objects.update_or_create(registration=registration, defaults=chosen)
    else:
        Requirements.objects.filter(registration=registration).delete()


def switch_mode(registration, *, by, mode):
    """Take part in the other mode, giving up the old seat and taking the new one in one transaction.

    Where there is no seat, one who has a seat keeps it and waits for the other; asking for the present mode drops that wish.
    One who waits changes with the whole party if there is a seat, and else keeps the position in the queue.
    Raises `PermissionDenied`, `Busy`, and `ValidationError` with a reason in the person's words.
    """
    check_rights(registration, by)
    with locked_seats(registration.activity) as seats:
        registration = _active(registration)
        if mode not in seats.activity.modes:
            raise ValidationError(_("Choose how you take part."), code="mode")
        if seats.starts_at and seats.starts_at <= seats.now:
            raise ValidationError(_("The activity has begun: write to us instead."), code="started")
        if registration.is_offered:
            raise ValidationError(_("Answer first whether you take the seat that is held for you."), code="offered")
        if mode == registration.mode:
            return _set_wish(registration, "", None)
        if registration.is_waiting:
            return _switch_party(seats, registration, mode)
        if seats.free(mode) == 0:
            return _set_wish(registration, mode, registration.wished_at or seats.now)
        registration.mode = mode
        seats.change(registration, State.CONFIRMED, Cause.SWITCHED)
        return registration


def _set_wish(registration, mode, since):
    registration.wished_mode, registration.wished_at, registration.rank = mode, since, None
    registration.save(update_fields=["wished_mode", "wished_at", "rank"])
    return registration


def _switch_party(seats, registration, mode):
    rows = list(registration.party_rows())
    is_approved = not seats.activity.needs_approval or all(row.approved_at for row in rows)
    if not is_approved or not seats.has_room_for(rows, mode):
        raise ValidationError(_("There is no free seat there either. You keep your place in the queue."), code="full")
    for row in rows:
        row.mode = mode
        seats.change(row, State.CONFIRMED, Cause.SWITCHED)
    return next(row for row in rows if row.pk == registration.pk)
