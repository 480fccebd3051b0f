"""What the queue worker does for people and companies."""

from procrastinate.contrib.django import app

from members.actions import accounts


@app.periodic(cron="37 3 * * *")
@app.task(name="members.forget_ended_sessions", queueing_lock="members.forget_ended_sessions")
def forget_ended_sessions(timestamp):
    accounts.forget_ended_sessions()
