"""The queue worker's jobs and their times. members and events have a tasks.py too."""

from procrastinate import builtin_tasks
from procrastinate.contrib.django import app

from creativenorth import retention
from creativenorth.mail import delivery
from creativenorth.publishing import schedule
from creativenorth.search.models import forget_unused_words

DAY = 24


@app.task(name="creativenorth.send_mail", queue="mail")
def send_mail(*, mail):
    delivery.attempt(mail)


@app.periodic(cron="* * * * * */20")  # seconds stand last
@app.task(name="creativenorth.rescue_mail", queueing_lock="creativenorth.rescue_mail")
def rescue_mail(timestamp):
    delivery.rescue()


@app.periodic(cron="* * * * *")
@app.task(name="creativenorth.publish_due", queueing_lock="creativenorth.publish_due")
def publish_due(timestamp):
    schedule.publish_due()


@app.periodic(cron="* * * * *")
@app.task(name="creativenorth.retry_stalled_jobs", queueing_lock="creativenorth.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context, timestamp):
    """Start again the jobs whose worker has died."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="creativenorth.remove_old_jobs", queueing_lock="creativenorth.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context, timestamp):
    await builtin_tasks.remove_old_jobs(context, max_hours=DAY)
    await builtin_tasks.remove_old_jobs(
        context, max_hours=30 * DAY, remove_failed=True, remove_cancelled=True, remove_aborted=True
    )


@app.periodic(cron="27 3 * * *")
@app.task(name="creativenorth.forget", queueing_lock="creativenorth.forget")
def forget(timestamp):
    retention.empty_old_mail()
    retention.forget_ended_limits()
    forget_unused_words()
