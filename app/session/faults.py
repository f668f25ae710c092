"""What pydantic found wrong with a record, said in our words: a code, the field, what to do. Never its own text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from app.engine import Problem

MOST = 12  # problems told about one record: whoever has more reads the first ones first
LONGEST = 60  # characters kept of anything quoted

KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    tuple: "a list",
    dict: "an object",
    type(None): "null",
}
WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "text",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "none_required": "null",
}

Fault = Mapping[str, Any]
Saying = Callable[[str, Fault, Mapping[str, Any]], Problem]


def problems(faults: Sequence[Fault], whole: str = "the message") -> list[Problem]:
    """One problem for each fault, as many as are worth reading. `whole` is what the record itself is called."""
    return [_say(fault, whole) for fault in faults[:MOST]]


def clean(value: object, longest: int = LONGEST) -> str:
    """Text from outside, made fit to be quoted: one line, printable, not long."""
    text = "".join(char if char.isprintable() else "?" for char in str(value)[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"


def field_name(location: Sequence[object]) -> str:
    """`("parameters", 0, "value")` as `parameters[0].value`; the tags of unions, in angle brackets, left out."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif not str(part).startswith("<"):
            path += f".{part}" if path else str(part)
    return clean(path, 120)


def _say(fault: Fault, whole: str) -> Problem:
    kind = fault["type"]
    field = field_name(fault["loc"])
    said = SAYINGS.get(kind, _type if kind in WANTED else _other)
    return said(field or whole, fault, fault.get("ctx") or {})


def _problem(code: str, message: str, field: str, hint: str = "", **args: str | int | float) -> Problem:
    return Problem(code, message, {"field": field, **args}, hint, field=field)


def _type(field: str, fault: Fault, _: Mapping[str, Any]) -> Problem:
    if fault["type"] == "float_type" and fault.get("input") in ("inf", "-inf", "nan"):
        return _finite(field)
    wanted, given = WANTED[fault["type"]], KINDS.get(type(fault.get("input")), "something else")
    if wanted == "a whole number" and given == "a number":
        given = "a fraction"
    but = f", not {given}" if given != wanted else ""
    return _problem("wrong-type", f"{field} must be {wanted}{but}", field, wanted=wanted, given=given)


def _missing(field: str, *_: object) -> Problem:
    return _problem("missing-field", f"{field} is missing", field, "add it")


def _extra(field: str, *_: object) -> Problem:
    return _problem("unknown-field", f"{field} is not known here", field, "leave it out")


def _finite(field: str, *_: object) -> Problem:
    return _problem("not-finite", f"{field} must be a finite number", field, "infinity and NaN can only come out of a run")


def _json(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    place = re.search(r"line (\d+) column (\d+)", str(context.get("error", "")))
    at = f" (line {place[1]}, column {place[2]})" if place else ""
    return Problem("not-json", f"this is not valid JSON{at}", {}, "send one JSON object in UTF-8, nested at most 100 deep")


def _least(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    least = context["ge"]
    return _problem("out-of-range", f"{field} must be at least {least}", field, least=least)


def _more(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    than = context["gt"]
    return _problem("out-of-range", f"{field} must be more than {than:g}", field, more=than)


def _most(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    most = context["le"]
    return _problem("out-of-range", f"{field} must be at most {most}", field, most=most)


def _long(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    most = context["max_length"]
    return _problem("too-long", f"{field} is too long: at most {most:,}", field, most=most)


def _short(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    least = context["min_length"]
    return _problem("too-short", f"{field} is too short: at least {least}", field, least=least)


def _choice(field: str, fault: Fault, context: Mapping[str, Any]) -> Problem:
    given, expected = clean(fault.get("input")), context["expected"]
    if field.endswith("version"):
        message = f"{field} is {given}, and this server reads {expected}"
        return _problem("unknown-version", message, field, "reload the page", given=given)
    return _problem("unknown-choice", f"{field} must be {expected}, not '{given}'", field, given=given, expected=expected)


def _tag(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    given = clean(context["tag"])
    known = re.findall(r"'([^']*)'", context["expected_tags"])
    close = get_close_matches(given, known, 1)
    hint = f"did you mean '{close[0]}'?" if close else f"known: {', '.join(known)}"
    return Problem("unknown-type", f"unknown message type '{given}'", {"given": given}, hint, field="type")


def _untagged(field: str, fault: Fault, _: Mapping[str, Any]) -> Problem:
    return Problem("missing-field", "type is missing", {"field": "type"}, "say what the message is", field="type")


def _pattern(field: str, fault: Fault, _: Mapping[str, Any]) -> Problem:
    given = clean(fault.get("input"))
    return _problem("bad-name", f"{field} is not a name: '{given}'", field, "use letters, digits and . : - _", given=given)


def _own(field: str, _: Fault, context: Mapping[str, Any]) -> Problem:
    """A check of ours: its ValueError holds nothing but our sentence."""
    return _problem("bad-value", f"{field}: {context['error']}", field)


def _other(field: str, *_: object) -> Problem:
    return _problem("bad-value", f"{field} cannot be used", field)


SAYINGS: dict[str, Saying] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "finite_number": _finite,
    "json_invalid": _json,
    "greater_than": _more,
    "greater_than_equal": _least,
    "less_than_equal": _most,
    "too_long": _long,
    "string_too_long": _long,
    "too_short": _short,
    "string_too_short": _short,
    "literal_error": _choice,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _untagged,
    "string_pattern_mismatch": _pattern,
    "value_error": _own,
}
