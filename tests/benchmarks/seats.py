"""Two hundred people at once for twenty seats, over HTTP: `python -m tests.benchmarks.seats`, some minutes, a server of its own.

First with lock and trigger switched off, to show that the race is real; then as the portal runs. Then two hundred
cancels, answers, expiries and changes of capacity in parallel. Then the same while web processes, queue worker and
Postgres are killed at random; afterwards every answered success must be there, and each mail have gone out once.
`--kill` does the last alone.
"""

import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DURABLE": "1"}
with __import__("socket").socket() as free:
    free.bind(("127.0.0.1", 0))
    os.environ["SMTP_PORT"] = str(free.getsockname()[1])

import django

django.setup()

from django.db import connections

from creativenorth.mail.models import Mail
from creativenorth.run import postgres
from events.actions.housekeeping import settle_all
from events.actions.seats import Seats
from events.models import Activity, Registration, State
from tests.benchmarks.crowd import Crowd, make_people
from tests.benchmarks.killing import Killer, Worker, broken_promises, lost_mail, wait_for_mail
from tests.benchmarks.portal import make_database
from tests.creativenorth.smtp import smtp_server
from tests.events.seats import faults, make_course

PEOPLE, SEATS, ACTS = 200, 20, 200


def together(function, items):
    """Each item in a thread of its own, all at once; the answers in order, and the seconds it took."""
    begun = time.monotonic()
    with ThreadPoolExecutor(len(items)) as pool:
        answers = list(pool.map(function, items))
    return answers, time.monotonic() - begun


def report(title, course, answers, seconds):
    course = Activity.objects.get(pk=course.pk)
    rows = Registration.objects.filter(activity=course)
    waiting = list(rows.filter(state=State.WAITING).order_by("pk").values_list("queued_at", flat=True))
    taken = f"{Seats(course).taken('on_site')} of {course.capacity} seats taken"
    print(
        f"{title}: {len(answers)} requests in {seconds:.1f} s, answers {dict(Counter(each.status for each in answers))}"
    )
    print(f"  {taken}, {dict(Counter(rows.values_list('state', flat=True)))}")
    print(f"  waiting in order {waiting == sorted(waiting)}, faults {faults(course)}", flush=True)


def sign_up_all(title, *, guarded=True):
    course, people = make_course(SEATS, title=title), make_people(PEOPLE)
    with Crowd(guarded=guarded) as crowd:
        report(title, course, *together(crowd.send, [crowd.join(course, person) for person in people]))
    return course


def acts_on(course, crowd):
    chance = random.Random(2026)
    rows = list(Registration.objects.filter(activity=course).select_related("activity"))
    kinds = ["cancel", "yes", "no", "expire", "seats"]
    return [crowd.act(chance.choice(kinds), chance.choice(rows), chance) for _ in range(ACTS)]


def act_at_random(course):
    with Crowd() as crowd:
        acts = acts_on(course, crowd)
        connections.close_all()
        answers, seconds = together(crowd.send, acts)
    settle_all()
    report("cancels, answers, expiries, capacities at once", course, answers, seconds)


def kill_at_random():
    course, people = make_course(SEATS, title="under fire"), make_people(PEOPLE)
    Mail.objects.all().delete()
    worker = Worker()
    worker.start()
    with Crowd() as crowd:
        killer = Killer(crowd, worker)
        killer.start()
        joined, seconds = together(crowd.insist, [crowd.join(course, person) for person in people])
        killer.end()
        report("sign-ups while things are killed", course, joined, seconds)
        acts = acts_on(course, crowd)
        second = Killer(crowd, worker)
        second.start()
        acted, seconds = together(crowd.insist, acts)
        second.end()
        settle_all()
        report("acts while things are killed", course, acted, seconds)
        killed = {name: killer.killed[name] + second.killed[name] for name in killer.killed}
        print(f"  killed {killed}; broken promises {broken_promises(joined + acted)}", flush=True)
        print(f"  the worker was started {worker.starts} times; mail {wait_for_mail()}", flush=True)
        worker.end()
    return course


def main():
    make_database()
    if "--kill" not in sys.argv:
        sign_up_all("without lock and trigger", guarded=False)
        act_at_random(sign_up_all("as the portal runs"))
    with smtp_server(port=int(os.environ["SMTP_PORT"])) as mailbox:
        course = kill_at_random()
        ids = Counter(message["Message-ID"] for message in mailbox.taken)
        unwritten, unsent = lost_mail(course, ids)
        print(f"  {len(ids)} mails reached the mailbox; {sum(ids.values()) - len(ids)} of them came a second time")
        print(f"  steps without a mail {len(unwritten)}; mails called sent that nobody got {len(unsent)}")
    connections.close_all()
    postgres.stop(Path(os.environ["TESTS_FOLDER"]) / "durable")


if __name__ == "__main__":
    main()
