"""The processes behind an executor: none is left behind, whoever dies, and the service mends itself."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import MIB, SMALL, Running, children, is_alive
from fsp.errors import BusyError, EngineError, FspError
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import QueryRequest

CHEAP = "SELECT ?o { <http://example.org/thing/0> <http://example.org/only> ?o }"
ANSWER = "o\r\nb\r\n"
WORK = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MEDIUM = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
MEDIUM_ANSWER = "n\r\n1827904\r\n"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = replace(SMALL, timeout=60)

OWNER = """
import sys
sys.path[:0] = {path!r}
import execution_sample
from fsp.execution.embedded import EmbeddedExecutor
executor = EmbeddedExecutor(execution_sample.load, "0")
print("ready", flush=True)
sys.stdin.read()
"""


def wait_for_end(pids: set[int]) -> set[int]:
    """Wait until processes have ended, within 20 seconds, and return those that have not."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        with os.fdopen(descriptor, "rb", closefd=True) as opened:
            select.select([opened], [], [], 20)
    return {pid for pid in pids if is_alive(pid)}


def test_closing_ends_every_process(start_executor: Callable[..., Running]) -> None:
    """Neither the parent nor a worker outlives the executor, even in the middle of a query."""
    running = start_executor(LONG)
    processes = {running.parent, *running.workers}
    answer = running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None))
    running.executor.close()
    assert wait_for_end(processes) == set()
    with pytest.raises(FspError):
        b"".join(answer)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_its_owner(number: signal.Signals) -> None:
    """However the process ends that owns an executor, all behind it end too."""
    code = OWNER.format(path=[str(Path(__file__).parent)])
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"ready\n"
        (parent,) = children(owner.pid)
        processes = {parent, *children(parent)}
        owner.send_signal(number)
    assert len(processes) > 4
    assert wait_for_end(processes) == set()


def test_workers_end_with_their_parent_and_the_service_starts_again(start_executor: Callable[..., Running]) -> None:
    """If the process that holds the data is killed, its workers die, and the next query brings both back."""
    running = start_executor()
    workers = running.workers
    os.kill(running.parent, signal.SIGKILL)
    assert wait_for_end(workers) == set()
    assert running.ask(CHEAP) == ANSWER
    assert running.ask(CHEAP) == ANSWER


def test_a_worker_that_dies_while_it_is_idle_is_replaced(start_executor: Callable[..., Running]) -> None:
    """Something outside may kill a worker; its next query goes to another."""
    running = start_executor()
    workers = running.workers
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert wait_for_end(workers) == set()
    with running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None)):
        assert running.ask(CHEAP) == ANSWER
    assert len(running.workers) == 2


def test_closing_an_answer_ends_its_work(start_executor: Callable[..., Running]) -> None:
    """A caller who stops reading leaves no worker busy: it is killed and replaced."""
    running = start_executor(LONG)
    before = running.workers
    answers = [running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None)) for _ in range(2)]
    for answer in answers:
        next(iter(answer))
        answer.close()
    assert wait_for_end(before) == set()
    assert running.ask(CHEAP) == ANSWER
    assert len(running.workers) == 2


def test_a_query_waits_while_all_workers_are_replaced(start_executor: Callable[..., Running]) -> None:
    """When all callers hang up at once, the next one waits for a new worker and is not turned away."""
    running = start_executor(replace(LONG, queue_wait=30))
    workers = running.workers
    answers = [running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None)) for _ in workers]
    waiting = threading.Event()
    results: list[bytes | FspError] = []

    def is_gone() -> bool:
        waiting.set()
        return False

    def ask() -> None:
        try:
            with running.executor.execute(QueryRequest(CHEAP, BY_NAME["csv"], None), is_gone) as answer:
                results.append(b"".join(answer))
        except FspError as error:
            results.append(error)
            waiting.set()

    os.kill(running.parent, signal.SIGSTOP)  # so that no new worker is made yet
    threads = [threading.Thread(target=answer.close) for answer in answers]
    for thread in threads:
        thread.start()
    assert wait_for_end(workers) == set()
    threads.append(threading.Thread(target=ask))
    threads[-1].start()
    assert waiting.wait(20)
    os.kill(running.parent, signal.SIGCONT)
    for thread in threads:
        thread.join()
    assert results == [ANSWER.encode()]
    assert len(running.workers) == len(workers)


def test_the_queue_is_bounded(start_executor: Callable[..., Running]) -> None:
    """Where all workers are busy a query waits, for a bounded time, among a bounded number."""
    running = start_executor(replace(LONG, workers=1, queue=1, queue_wait=0.2))
    busy = QueryRequest(STREAM, BY_NAME["csv"], None)
    with running.executor.execute(busy), pytest.raises(BusyError, match=r"within 0\.2 seconds"):
        running.ask(CHEAP)
    assert running.ask(CHEAP) == ANSWER
    full = start_executor(replace(LONG, workers=1, queue=0))
    assert full.ask(CHEAP) == ANSWER
    with (
        full.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None)),
        pytest.raises(BusyError, match="wait already"),
    ):
        full.ask(CHEAP)


def in_background(running: Running, query: str, times: int) -> tuple[list[threading.Thread], list[str]]:
    """Ask a query in threads; return these and their answers or errors, as they come."""
    replies: list[str] = []

    def ask() -> None:
        try:
            replies.append(running.ask(query))
        except FspError as error:
            replies.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(times)]
    for thread in threads:
        thread.start()
    return threads, replies


def test_short_queries_are_answered_beside_any_number_of_long_ones(start_executor: Callable[..., Running]) -> None:
    """One worker is spare here: long queries beyond the first give way, and wait without an error."""
    running = start_executor(replace(LONG, workers=1, spare=1, long=0.05, queue=20, queue_wait=60))
    threads, replies = in_background(running, WORK, 5)
    for _ in range(20):
        assert running.ask(CHEAP) == ANSWER
    assert replies == []
    running.executor.close()
    for thread in threads:
        thread.join()
    assert len(replies) == 5


def test_a_query_that_gave_way_is_answered_in_its_turn(start_executor: Callable[..., Running]) -> None:
    """It is asked again, as one that gives way no more."""
    running = start_executor(replace(LONG, workers=1, spare=1, long=0.02, queue=20, queue_wait=60))
    threads, replies = in_background(running, MEDIUM, 4)
    before = running.workers
    while any(thread.is_alive() for thread in threads):
        assert running.ask(CHEAP) == ANSWER
    assert set(replies) == {MEDIUM_ANSWER}
    assert running.workers != before
    assert len(running.workers) == 2


def test_a_place_is_due_to_the_query_that_gave_way(start_executor: Callable[..., Running]) -> None:
    """A long query that came later does not take it."""
    running = start_executor(replace(LONG, workers=1, spare=1, long=0.02, queue=20, queue_wait=60))
    first = running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None))
    before = running.workers
    (thread,), replies = in_background(running, MEDIUM, 1)
    while running.workers == before:
        assert running.ask(CHEAP) == ANSWER
    later, _ = in_background(running, WORK, 1)
    time.sleep(0.3)
    first.close()
    thread.join(30)
    assert replies == [MEDIUM_ANSWER]
    running.executor.close()
    later[0].join()


def test_an_answer_that_leaves_is_never_cut_for_others(start_executor: Callable[..., Running]) -> None:
    """So only as many long answers leave at a time as there are places for long queries."""
    running = start_executor(replace(LONG, workers=1, spare=1, long=0.05, queue_wait=0.3, result=1 << 40))
    first = running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None))
    with pytest.raises(BusyError, match="1 long queries run, as many as may"):
        running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None))
    pieces = iter(first)
    for _ in range(20):
        assert next(pieces)
        assert running.ask(CHEAP) == ANSWER
    first.close()
    running.executor.execute(QueryRequest(STREAM, BY_NAME["csv"], None)).close()
    assert len(running.workers) == 2


def test_long_queries_go_on_while_nobody_waits(start_executor: Callable[..., Running]) -> None:
    """Also where they are more than there are places for."""
    running = start_executor(replace(LONG, workers=1, spare=1, long=0.02))
    before = running.workers
    threads, replies = in_background(running, MEDIUM, 2)
    for thread in threads:
        thread.join()
    assert replies == [MEDIUM_ANSWER, MEDIUM_ANSWER]
    assert running.workers == before


def test_many_threads_share_the_workers(start_executor: Callable[..., Running]) -> None:
    """Each thread gets the answer to its own query, also while others are killed."""
    running = start_executor(replace(SMALL, workers=3, queue=50, queue_wait=30, timeout=0.3))
    wrong: list[str] = []

    def ask_many(thread: int) -> None:
        for turn in range(15):
            expected = f"x\r\n{thread}-{turn}\r\n"
            got = running.ask(f"SELECT ('{thread}-{turn}' AS ?x) {{}}")
            if got != expected:
                wrong.append(got)
        if thread % 4 == 0:
            with pytest.raises(FspError):
                running.ask(WORK)

    threads = [threading.Thread(target=ask_many, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(running.workers) == 3


def test_a_worker_can_open_nothing(start_executor: Callable[..., Running]) -> None:
    """No descriptor is left to a worker for a file or a socket, whatever a query makes it try."""
    running = start_executor()
    for pid in running.workers:
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]
        assert line.split()[3:5] == ["0", "0"]


def room(running: Running) -> int:
    """Return how many bytes a worker may still map."""
    pid = min(running.workers)
    limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
    (most,) = [int(line.split()[3]) for line in limits if line.startswith("Max address space")]
    return most - int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def test_what_the_engine_keeps_of_a_store_on_disk_is_not_the_query_s(start_executor: Callable[..., Running]) -> None:
    """A worker that opens its store for itself has room for the blocks of earlier queries beside a query's memory."""
    in_memory, on_disk = (room(start_executor(shared=shared)) for shared in (True, False))
    assert in_memory <= SMALL.memory < SMALL.memory + 128 * MIB < on_disk


def test_a_closed_executor_says_so(start_executor: Callable[..., Running]) -> None:
    """A query after the end is an error, not a wait without end."""
    running = start_executor()
    running.executor.close()
    with pytest.raises(EngineError, match="closing down"):
        running.ask(CHEAP)
