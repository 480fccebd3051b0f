"""What the queue worker does for people and companies."""

from procrastinate.contrib.django import app

from members.actions import accounts, erasure


@app.periodic(cron="37 3 * * *")
@app.task(name="members.forget_ended_sessions", queueing_lock="members.forget_ended_sessions")
def forget_ended_sessions(timestamp):
    accounts.forget_ended_sessions()


@app.periodic(cron="47 3 * * *")
@app.task(name="members.erase_due", queueing_lock="members.erase_due")
def erase_due(timestamp):
    erasure.erase_due()
