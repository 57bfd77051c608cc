"""The description of the interface, as it is kept in docs/openapi.json."""

import json

from server.central.app import describe_app


def description() -> str:
    """OpenAPI as JSON text, the same each time."""
    return json.dumps(describe_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
