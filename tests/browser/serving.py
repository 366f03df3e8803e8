"""Two kinds of servers for the browser: our own with any site, and a partner's with its pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from calfeed.web.application import SiteLike
from tests.web.live import running

HTML = {"Content-Type": "text/html; charset=utf-8"}


@contextmanager
def serving(site: SiteLike) -> Iterator[str]:
    """Serve *site* as calfeed does; yield the address, without a path."""
    with running(site) as live:
        yield f"http://127.0.0.1:{live.port}"


@contextmanager
def a_partner(
    html_by_path: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serve the pages of somebody else with *headers*; yield the address, without a path.

    Its host is ``localhost``, so to a browser it is another site, not just another port.
    The pages may be changed while it runs.
    """

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html = html_by_path.get(self.path)
            if html is None:
                self.send_error(404)
                return
            body = html.encode()
            self.send_response(200)
            for name, value in {**HTML, **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
