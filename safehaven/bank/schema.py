"""The JSON Schema of a question file, from which an editor completes and checks it."""

from __future__ import annotations

import json

from safehaven.bank.model import BankFile


def schema_text() -> str:
    """The schema as JSON, with a description and an example for what is not plain."""
    schema = BankFile.model_json_schema(by_alias=True)
    return json.dumps(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema},
        ensure_ascii=False,
        indent=2,
    )
