"""Eight workers on PostgreSQL, one killed at random twenty times: each ticket changes state exactly once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter

import pytest

from assistant.desk.database import open_engine
from assistant.desk.desk import Desk
from assistant.desk.sealing import Sealer
from assistant.desk.tickets import Status
from catalog.settings import Settings

TICKETS, WORKERS, KILLS, WORK_SECONDS = 500, 8, 20, 0.15


def work(settings: Settings, name: str) -> None:
    """Handle tickets until there is none."""
    desk = Desk(open_engine(settings), Sealer(None))
    idle = 0
    while idle < 5:
        with desk.handling(name) as ticket:
            if ticket is not None:
                time.sleep(WORK_SECONDS)
        idle = idle + 1 if ticket is None else 0
        if ticket is None:
            time.sleep(0.1)
    desk.close()


@pytest.mark.e2e
def test_each_ticket_changes_state_once(postgresql, make, tmp_path):
    settings = Settings(home=tmp_path, database_url=postgresql)
    desk = Desk(open_engine(settings), Sealer(None))
    mine = {desk.add(*make(number, f"drill {number}"), "mail") for number in range(TICKETS)}
    context, chance = multiprocessing.get_context("spawn"), random.Random(9)

    def start(number):
        process = context.Process(target=work, args=(settings, f"w{number}"))
        process.start()
        return process

    workers = [start(number) for number in range(WORKERS)]
    while not desk.search(status=Status.DONE, limit=1):
        time.sleep(0.1)
    for kill in range(KILLS):
        time.sleep(chance.uniform(0.05, 0.4))
        victim = chance.randrange(WORKERS)
        os.kill(workers[victim].pid, signal.SIGKILL)
        workers[victim].join()
        workers[victim] = start(WORKERS + kill)
    # The kills came while there was work, not after it.
    assert desk.search(status=Status.NEW, limit=1)
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    handled = Counter(entry.ticket for entry in desk.trail() if entry.what == "handled" and entry.ticket in mine)
    done = {ticket.id for ticket in desk.search(status=Status.DONE, limit=TICKETS * 2)}
    desk.close()
    assert handled == dict.fromkeys(mine, 1)
    assert mine <= done
