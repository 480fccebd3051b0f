"""Periodic tasks of the queue worker."""

from procrastinate.contrib.django import app

from events.actions import housekeeping
from events.actions.mails import changes


@app.periodic(cron="* * * * *")
@app.task(name="events.settle_seats", queueing_lock="events.settle_seats")
def settle_seats(timestamp):
    housekeeping.settle_all()


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.send_reminders", queueing_lock="events.send_reminders")
def send_reminders(timestamp):
    housekeeping.send_reminders()


@app.periodic(cron="* * * * *")
@app.task(name="events.tell_changes", queueing_lock="events.tell_changes")
def tell_changes(timestamp):
    changes.tell_due()


@app.periodic(cron="41 3 * * *")
@app.task(name="events.erase_expired", queueing_lock="events.erase_expired")
def erase_expired(timestamp):
    housekeeping.erase_expired()
