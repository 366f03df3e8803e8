"""The addresses for programs as OpenAPI 3.1 describes them, from the same data that answers."""

from calfeed.formats.openapi.addresses import Address, Other, Parameter, Place, Schema
from calfeed.formats.openapi.document import Described, render

__all__ = ["Address", "Described", "Other", "Parameter", "Place", "Schema", "render"]
