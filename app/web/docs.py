"""The API's description for people: one page made here from the OpenAPI document, that loads nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from .assets import Asset

HERE = Path(__file__).parent
TEMPLATE = "docs.html"
STYLE = "docs.css"
BINARY = "application/octet-stream"
SPELT = '"inf" or "-inf" or "nan"'  # the page says once what is true of every number
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a body, an answer or an address."""

    name: str
    type: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    description: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for."""

    method: str
    path: str
    summary: str
    command: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: tuple[Operation, ...]


def install(app: FastAPI) -> None:
    """Adds the page and its style sheet to the app."""

    @cache
    def page(address: str) -> Asset:
        document = app.openapi()
        environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
        text = environment.get_template(TEMPLATE).render(
            title=app.title,
            summary=app.summary,
            version=app.version,
            groups=groups(document, address),
            records=records(document),
        )
        return Asset.of(text.encode(), ".html")

    @cache
    def style() -> Asset:
        return Asset.of((HERE / STYLE).read_bytes(), ".css")

    async def answer_page(request: Request) -> Response:
        return page(str(request.base_url)).response(request)  # the guard has checked the name in it

    async def answer_style(request: Request) -> Response:
        return style().response(request)

    app.add_route("/api/docs", answer_page, include_in_schema=False)
    app.add_route("/api/docs.css", answer_style, include_in_schema=False)


def groups(document: Schema, address: str) -> list[Group]:
    """The operations of an OpenAPI document by their first tag."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            made = _operation(document, address, path, method, operation)
            found.setdefault(operation["tags"][0], []).append(made)
    return [Group(name, tuple(operations)) for name, operations in found.items()]


def records(document: Schema) -> list[Table]:
    """The records that bodies and answers are made of, by name."""
    schemas = document["components"]["schemas"]
    return [
        Table(name, schema.get("description", ""), tuple(_rows(schema))) for name, schema in sorted(schemas.items())
    ]


def _operation(document: Schema, address: str, path: str, method: str, operation: Schema) -> Operation:
    body = _content(operation.get("requestBody", {}))
    answer = _content(operation["responses"]["200"])
    tables = []
    if "parameters" in operation:
        rows = [Row(p["name"], kind(p["schema"]), p.get("required", False)) for p in operation["parameters"]]
        tables.append(Table("In the address", "", tuple(rows)))
    for title, schema in (("Body", body), ("Answer", answer)):
        if schema:
            resolved = _resolve(document, schema)
            tables.append(Table(title, resolved.get("description", ""), tuple(_rows(resolved))))
    example = _example(document, body) if body else None
    raw = BINARY in operation.get("requestBody", {}).get("content", {})
    url = address.rstrip("/") + path
    command = f"curl {url} --data-binary @model.safetensors" if raw else _command(url, example)
    return Operation(method, path, operation["summary"], command, tuple(tables))


def _content(part: Schema) -> Schema:
    found: Schema = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _resolve(document: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _rows(schema: Schema) -> Iterator[Row]:
    required = schema.get("required", [])
    for name, each in schema.get("properties", {}).items():
        yield Row(name, kind(each), name in required)


def kind(schema: Schema) -> str:
    """A schema in a few words: "list of list of number", "Experiment or null"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for union in ("anyOf", "oneOf"):
        if union in schema:
            kinds = dict.fromkeys(kind(each) for each in schema[union])
            return " or ".join(each for each in kinds if each != SPELT)
    if "enum" in schema or "const" in schema:
        return " or ".join(json.dumps(each) for each in schema.get("enum", [schema.get("const")]))
    match schema.get("type"):
        case "array":
            return f"list of {kind(schema.get('items', {}))}"
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return f"object of {kind(schema['additionalProperties'])}"
        case "string":
            return "text"
        case str(name):
            return name
    return "anything"


def _example(document: Schema, body: Schema) -> dict[str, object]:
    properties = _resolve(document, body).get("properties", {})
    return {name: each["examples"][0] for name, each in properties.items() if each.get("examples")}


def _command(url: str, example: dict[str, object] | None) -> str:
    url = url.replace("{name}", "gated-cell" if "lessons" in url else "lstm")
    if example is None:
        return f"curl {url}"
    return f"curl {url} -H 'Content-Type: application/json' -d '{json.dumps(example)}'"
