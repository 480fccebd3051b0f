"""Tasks of the queue worker for people and companies."""

from procrastinate.contrib.django import app

from members import retention
from members.actions import accounts, erasure, staff_accounts
from members.actions.importing import steps
from members.actions.letters import deliver_due_letters
from members.actions.profile import pictures


@app.periodic(cron="37 3 * * *")
@app.task(name="members.forget_ended_sessions", queueing_lock="members.forget_ended_sessions")
def forget_ended_sessions(timestamp):
    accounts.forget_ended_sessions()


@app.periodic(cron="47 3 * * *")
@app.task(name="members.erase_due", queueing_lock="members.erase_due")
def erase_due(timestamp):
    erasure.erase_due()


@app.periodic(cron="53 3 * * *")
@app.task(name="members.remove_unnamed_pictures", queueing_lock="members.remove_unnamed_pictures")
def remove_unnamed_pictures(timestamp):
    pictures.remove_unnamed()


@app.periodic(cron="57 3 * * *")
@app.task(name="members.forget", queueing_lock="members.forget")
def forget(timestamp):
    retention.forget_unanswered_invitations()
    retention.close_idle_accounts()
    retention.forget_numbers_of_former_members()
    retention.forget_earlier_profiles()
    staff_accounts.withdraw_unanswered()


@app.periodic(cron="* * * * *")
@app.task(name="members.send_letters", queueing_lock="members.send_letters")
def send_letters(timestamp=None):
    """Also each minute, in case a letter's own job was lost."""
    deliver_due_letters()


@app.periodic(cron="57 3 * * *")
@app.task(name="members.forget_imports", queueing_lock="members.forget_imports")
def forget_imports(timestamp):
    steps.forget_imports()
