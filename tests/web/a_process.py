"""A server in a process of its own: a site of two paths, its port on the first line it prints.

``/ready.ics`` is ready and has the number of the process; what ``/slow.ics`` is to have it reads
from the FIFO that its first argument names. Its second is the number of workers, 0 for none.
"""

import os
import signal
import socket
import sys
from pathlib import Path
from threading import Event, Thread

from calfeed.representation import Representation
from calfeed.web.application import Health, application
from calfeed.web.server import listen, serve
from calfeed.web.signals import hold
from calfeed.web.workers import run_workers
from tests.web.live import ASite, a_feed


def work(listener: socket.socket, fifo: Path) -> None:
    def make() -> Representation:
        return a_feed(fifo.read_bytes())

    ready = a_feed(b"%d" % os.getpid())
    site = ASite(made={"/ready.ics": ready}, makers={"/slow.ics": make})
    serve(application(lambda: site, Health), listener)


def fail(_: socket.socket, fifo: Path) -> None:
    fifo.write_text("no luck")
    raise RuntimeError("no luck")


def main(fifo: str, workers: str, name: str = "work") -> None:
    with listen("127.0.0.1", 0) as listener:
        print(listener.getsockname()[1], flush=True)
        if name == "held":
            hold()
            signal.raise_signal(signal.SIGTERM)
        if workers == "0":
            work(listener, Path(fifo))
        else:
            Thread(target=Event().wait, daemon=True).start()  # where `calfeed serve` publishes
            function = {"work": work, "held": work, "fail": fail}[name]
            run_workers(function, count=int(workers), listener=listener, arguments=(Path(fifo),))
        print("ended", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
