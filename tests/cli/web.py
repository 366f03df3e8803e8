"""A web server for tests: what it has, it answers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def a_web_server(
    bodies: Mapping[str, bytes], redirects: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the address of a server that has *bodies* by path, and sends elsewhere for others."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in (redirects or {}):
                self.send_response(302)
                self.send_header("Location", (redirects or {})[self.path])
                self.end_headers()
            elif self.path in bodies:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(bodies[self.path])
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
