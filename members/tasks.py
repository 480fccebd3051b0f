"""What the queue worker does for the members."""

from procrastinate.contrib.django import app

from members.actions.letters import deliver_due_letters


@app.periodic(cron="* * * * *")
@app.task(name="members.send_letters", queueing_lock="members.send_letters")
def send_letters(timestamp=None):
    """Also each minute by itself, so that a letter leaves whatever became of its own job."""
    deliver_due_letters()
