"""The outbox: one mail for one cause, sent once, and every failure explained."""

import threading
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from creativenorth import mail
from creativenorth.mail import UnsafeHeader, delivery
from creativenorth.mail.models import Mail
from tests.creativenorth.smtp import smtp_server

pytestmark = pytest.mark.django_db


def write(cause="brev", to="nils@bolag.example", **fields):
    message = EmailMessage("Välkommen", "Hej Nils", to=[to])
    return mail.queue_message(message, cause=cause, **fields)


def jobs(mail):
    return ProcrastinateJob.objects.filter(task_name="creativenorth.send_mail", args={"mail": mail.pk})


def test_a_mail_and_its_job_are_written_together():
    written = write()

    assert written.state == "queued"
    assert jobs(written).count() == 1


def test_a_rollback_leaves_neither_mail_nor_job():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_one_cause_makes_one_mail():
    assert write("samma") == write("samma")

    assert Mail.objects.count() == 1
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_cause_makes_one_mail_for_many_at_once():
    def ask():
        write("samtidigt")
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Mail.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="creativenorth.send_mail").count() == 1


@pytest.mark.parametrize(
    "fields", [{"to": "a@b.example\nBcc: x@y.example"}, {"to": "ingen adress"}, {"to": "a@b.example\r\n"}]
)
def test_a_header_that_could_be_split_is_refused(fields):
    with pytest.raises(UnsafeHeader):
        write(**fields)

    assert not Mail.objects.exists()


def test_a_reply_address_with_a_line_break_is_refused():
    with pytest.raises(UnsafeHeader):
        mail.queue(
            to="a@b.example",
            event="login_code",
            context={"code": "1"},
            language="sv",
            cause="x",
            reply_to="a@b.example\nBcc: c@d.example",
        )


def test_plain_text_is_not_escaped_as_html():
    written = mail.queue(
        to="a@b.example", event="login_code", context={"code": "A&B<C"}, language="en", cause="x", is_secret=True
    )

    assert "A&B<C" in written.subject
    assert "A&B<C" in written.text
    assert "Creative North" in written.text.partition("\n-- \n")[2]


def test_a_sent_mail_says_that_a_machine_wrote_it(attempt):
    written = write()

    server = attempt(written)

    assert (written.state, written.attempts, written.error) == ("sent", 1, "")
    assert [(it["Message-ID"], it["Auto-Submitted"], it["To"]) for it in server.taken] == [
        (written.message_id, "auto-generated", "nils@bolag.example")
    ]


def test_a_sent_mail_is_never_sent_again(attempt):
    written = write()
    attempt(written)

    server = attempt(written)

    assert server.conversations == 0


def test_a_server_that_fails_at_goodbye_has_taken_the_mail(attempt):
    written = write()

    server = attempt(written, goodbye="421 trouble")

    assert (written.state, len(server.taken)) == ("sent", 1)


@pytest.mark.parametrize("answers", [{"RCPT": "451 try later"}, {"DATA": "452 full"}, {"MAIL": "421 busy"}])
def test_a_temporary_answer_is_tried_again_later(attempt, answers):
    written = write()

    attempt(written, **answers)

    assert written.state == "retry"
    assert next(iter(answers.values())) in written.error
    assert written.next_attempt_at > timezone.now()


@pytest.mark.parametrize("answers", [{"RCPT": "550 no such user"}, {"DATA": "554 spam"}, {"MAIL": "553 not you"}])
def test_a_permanent_answer_fails_with_the_reason(attempt, answers):
    written = write()

    attempt(written, **answers)

    assert (written.state, written.attempts) == ("failed", 1)
    assert next(iter(answers.values())) in written.error


def test_a_server_that_does_not_answer_is_tried_again(attempt):
    written = write()

    attempt(written, silent=2)

    assert written.state == "retry"
    assert written.error


def test_a_server_that_is_down_is_tried_again(sent_to):
    written = write()
    with smtp_server() as server:
        port = server.server_address[1]
    sent_to(port)

    delivery.attempt(written.pk)

    written.refresh_from_db()
    assert written.state == "retry"


def test_the_waits_grow_and_end_within_a_day_and_a_half(attempt):
    written = write()
    waits = []
    while written.state in ("queued", "retry"):
        Mail.objects.filter(pk=written.pk).update(next_attempt_at=timezone.now())
        attempt(written, RCPT="451 later")
        if written.state == "retry":
            waits.append(written.next_attempt_at - timezone.now())

    assert (written.state, written.attempts) == ("failed", 8)
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) < timedelta(hours=36)


def test_a_retry_does_not_come_early(attempt):
    written = write()
    attempt(written, RCPT="451 later")

    server = attempt(written)

    assert (written.state, server.conversations) == ("retry", 0)


@pytest.mark.parametrize(("answers", "state"), [({}, "sent"), ({"RCPT": "550 gone"}, "failed")])
def test_a_secret_is_erased_once_it_is_sent_or_failed(attempt, answers, state):
    written = write(is_secret=True)

    attempt(written, **answers)

    assert (written.state, written.subject, written.text, written.html) == (state, "", "", "")


def test_a_secret_is_kept_while_it_may_still_be_sent(attempt):
    written = write(is_secret=True)

    attempt(written, RCPT="451 later")

    assert (written.state, written.text) == ("retry", "Hej Nils")


def test_a_mail_whose_worker_was_killed_is_sent_after_all(attempt):
    written = write()
    Mail.objects.update(state="sending", attempts=1, claimed_at=timezone.now() - delivery.CLAIM_TIMEOUT * 2)
    jobs(written).delete()

    delivery.rescue()

    assert jobs(written).count() == 1
    server = attempt(written)
    assert (written.state, [it["Message-ID"] for it in server.taken]) == ("sent", [written.message_id])


def test_a_mail_that_is_being_sent_is_left_alone():
    written = write()
    Mail.objects.update(state="sending", claimed_at=timezone.now())

    delivery.rescue()
    delivery.attempt(written.pk)

    written.refresh_from_db()
    assert written.state == "sending"


def test_a_worker_that_comes_late_does_not_undo_what_another_did(attempt):
    written = write()
    late = delivery._claim(written.pk)
    Mail.objects.update(claimed_at=timezone.now() - delivery.CLAIM_TIMEOUT * 2)
    delivery.rescue()
    attempt(written)

    delivery._try_later(late, "late")

    written.refresh_from_db()
    assert written.state == "sent"


def test_a_mail_whose_job_was_lost_gets_a_new_one():
    written = write()
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=1))
    jobs(written).delete()

    delivery.rescue()
    delivery.rescue()

    assert jobs(written).count() == 1


def test_two_workers_at_once_send_one_mail(attempt):
    written = write()

    claims = [delivery._claim(written.pk), delivery._claim(written.pk)]

    assert [claim is not None for claim in claims] == [True, False]


def test_failed_mail_is_sent_again_but_an_erased_secret_is_not(attempt):
    plain, secret = write("ett"), write("två", is_secret=True)
    for written in (plain, secret):
        attempt(written, RCPT="550 gone")

    answers = [delivery.send_again(plain), delivery.send_again(secret)]

    attempt(plain)
    assert (answers, plain.state) == ([True, False], "sent")
