"""SIGTERM waits until there is somebody to hear it.

Held back it waits in the kernel. A handler that raised, until then, would be lost wherever Python
has nobody to raise to, such as in the callback of a weak reference: then nobody stops.
"""

import signal

HELD = frozenset({signal.SIGTERM})


def hold() -> None:
    """Hold SIGTERM back from this thread, and from all threads and processes that it begins."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HELD)


def let_through() -> None:
    """Let SIGTERM through to this thread, one that came meanwhile at once."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)
