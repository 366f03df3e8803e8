"""How nginx answers with the files of a static export as the server does."""

from calfeed.formats.nginx.served import Answer, Served
from calfeed.formats.nginx.snippet import render

__all__ = ["Answer", "Served", "render"]
