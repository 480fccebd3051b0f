import asyncio
import signal

from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app

# Jobs at once of each queue. Mail has a queue of its own: a mail server that hangs holds up other mail alone.
QUEUES = {"default": 2, "mail": 4}


class Command(BaseCommand):
    help = "Runs the queue worker until SIGTERM or Ctrl-C."

    def handle(self, *args, **options):
        connection.ensure_connection()  # an error at once where there is no database; the pool below would try for long
        connection.close()
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_work())


async def _work():
    """All queues, until a signal comes or the worker of one of them ends, as without a database; then what runs is finished."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with app.open_async():
        workers = [asyncio.create_task(_worker(queue, at_once)) for queue, at_once in QUEUES.items()]
        await asyncio.wait([*workers, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        for worker in workers:
            worker.cancel()
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):  # not CancelledError
            raise error


def _worker(queue, at_once):
    return app.run_worker_async(queues=[queue], name=queue, concurrency=at_once, install_signal_handlers=False)
