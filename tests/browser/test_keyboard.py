"""The keyboard, row by row and wherever the focus may be: what each key changes, and that it changes nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer

#: What a person sees of the state, looked at until it is as expected, but at least for three frames and at most for three seconds.
FACETS = """async (expected) => {
    const root = document.documentElement;
    const shown = (selector) => [...document.querySelectorAll(selector)].some((node) => node.checkVisibility());
    const look = () => {
        const lit = [...document.querySelectorAll("#stage .is-spot[data-name]")].map((node) => node.dataset.name.split(".").pop());
        return {
            step: Number(document.querySelector(".rail").getAttribute("aria-valuenow")),
            unit: Number(new URLSearchParams(location.hash.slice(1)).get("unit") ?? 0),
            depth: root.dataset.depth, theme: root.dataset.theme, motion: root.dataset.motion,
            blank: root.dataset.blank !== undefined, home: root.dataset.home !== undefined,
            writing: root.dataset.editing !== undefined && (document.activeElement.matches("textarea") || "soon"),
            full: document.fullscreenElement !== null,
            playing: shown(".transport-play.is-playing"), arithmetic: shown("#stage .is-pinned"),
            within: shown("#stage .wiring.is-later"), help: shown("dialog[open]"), goto: shown(".goto"),
            weights: location.hash.includes("w="), lit: [...new Set(lit)].sort().join(" "),
        };
    };
    const until = performance.now() + (expected ? 3000 : 0);
    for (let frame = 1; ; frame += 1) {
        await new Promise((done) => requestAnimationFrame(done));
        const now = look();
        const same = expected && Object.keys(now).every((name) => now[name] === expected[name]);
        if (frame >= 3 && (same || performance.now() > until)) return now;
    }
}"""


class Row(NamedTuple):
    """A key, what it changes at the third of six steps, and the keys that lead back."""

    key: str
    changes: dict[str, Any]
    back: tuple[str, ...] = ()


ROWS = [
    Row("ArrowRight", {"step": 4}, ("ArrowLeft",)),
    Row("ArrowLeft", {"step": 2}, ("ArrowRight",)),
    Row("n", {"step": 4}, ("p",)),
    Row("p", {"step": 2}, ("n",)),
    Row("PageDown", {"step": 4}, ("PageUp",)),
    Row("PageUp", {"step": 2}, ("PageDown",)),
    Row("Shift+Space", {"step": 2}, ("n",)),
    Row("Home", {"step": 1}, ("n", "n")),
    Row("End", {"step": 6}, ("p", "p", "p")),
    Row("Shift+ArrowRight", {"step": 4}, ("p",)),
    Row("Shift+ArrowLeft", {"step": 2}, ("n",)),
    Row("ArrowDown", {"within": True}, ("ArrowUp",)),
    Row("Shift+ArrowDown", {"unit": 1}, ("Shift+ArrowUp",)),
    Row("Space", {"playing": True}, ("Space",)),
    Row("Enter", {"arithmetic": True}, ("Escape",)),
    Row("Escape", {"depth": "strip"}, ("Enter",)),
    Row("1", {"lit": "x"}, ("0",)),
    Row("2", {"lit": "h h_prev"}, ("0",)),
    Row("3", {"lit": "c c_prev"}, ("0",)),
    Row("4", {"lit": "U_f W_f b_f f"}, ("0",)),
    Row("5", {"lit": "U_i W_i b_i i"}, ("0",)),
    Row("6", {"lit": "U_o W_o b_o o"}, ("0",)),
    Row("d", {"theme": "dark"}, ("d",)),
    Row("D", {"theme": "dark"}, ("d",)),
    Row("c", {"theme": "projector"}, ("c",)),
    Row("r", {"motion": "full"}, ("r",)),
    Row("?", {"help": True}, ("Escape",)),
    Row("F1", {"help": True}, ("F1",)),
    Row("g", {"goto": True}, ("Escape",)),
    Row("e", {"writing": True}, ("Escape", "e")),
    Row("f", {"full": True}, ("f",)),
    Row("b", {"blank": True}, ("Escape",)),
    Row(".", {"blank": True}, (".",)),
    Row("z", {}),
    Row("7", {}),
    # With Ctrl, Alt or Meta only undo and redo are heard, and nothing is there to undo.
    *(Row(f"{held}+{key}", {}) for held in ("Control", "Alt", "Meta") for key in ("b", "1", "ArrowDown")),
    Row("Control+z", {}),
]
SLIDERS = {f"{held}{key}" for held in ("", "Shift+") for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")}
SLIDERS |= {"PageUp", "PageDown", "Home", "End"}
#: The list of lessons has no steps, and is no experiment.
LISTED = {"theme", "motion", "help", "full", "blank"}
#: As the table on the page writes them.
CAPS = {"←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown", "Esc": "Escape"}


def look(explorer: Explorer, expected: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = explorer.page.evaluate(FACETS, expected)
    return found


def nowhere() -> None:
    """The focus stays where it is."""


def try_all(explorer: Explorer, rows: Iterable[Row], base: dict[str, Any], place: Callable[[], None] = nowhere) -> None:
    """Every row from the same state, after `place`; all that differ are told at once."""
    wrong = []
    for key, changes, back in rows:
        place()
        explorer.press(key)
        expected = base | changes
        if (found := look(explorer, expected)) != expected:
            wrong.append(f"{key}: {differing(found, base)} instead of {changes}")
        explorer.press(*back)
        if (found := look(explorer, base)) != base:
            raise AssertionError(
                "\n".join([*wrong, f"{key} and then {back} do not lead back: {differing(found, base)}"])
            )
    assert not wrong, "\n".join(wrong)


def differing(found: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in found if found[name] != base[name]}


@pytest.fixture
def lstm(explorer: Explorer) -> Explorer:
    """At its third step, everything that comes later loaded, the focus nowhere."""
    explorer.open_cell("lstm", step="3")
    explorer.press("Shift")
    expect(explorer.page.locator("#weight-slider")).to_be_visible()
    explorer.page.wait_for_load_state("networkidle")
    return explorer


def test_each_key_on_the_stage(lstm: Explorer) -> None:
    base = look(lstm)
    assert (base["step"], base["depth"], base["theme"], base["motion"]) == (3, "cell", "light", "none")
    try_all(lstm, ROWS, base)


def test_a_slider_keeps_the_keys_that_move_it(lstm: Explorer) -> None:
    slider = lstm.page.locator("#weight-slider")
    rows = [
        Row(key, {"weights": True}, ("Control+z",)) if key in SLIDERS else Row(key, changes, back)
        for key, changes, back in ROWS
        # The browser itself moves a slider by an arrow with Ctrl, Alt or Meta.
        if key in SLIDERS or "Arrow" not in key
    ]
    try_all(lstm, rows, look(lstm), slider.focus)


def test_only_a_remote_is_heard_while_something_is_typed(lstm: Explorer) -> None:
    typing = look(lstm) | {"goto": True}
    done: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "Enter": ({"goto": False}, ("g",)),
        "Escape": ({"goto": False}, ("g",)),
        "PageDown": ({"goto": False, "step": 4}, ("PageUp", "g")),
        "PageUp": ({"goto": False, "step": 2}, ("PageDown", "g")),
    }

    rows = [Row(key, *done.get(key, ({}, ()))) for key, *_ in ROWS]
    lstm.press("g")
    assert look(lstm, typing) == typing
    try_all(lstm, rows, typing)


def test_a_dialog_keeps_all_keys_but_those_that_close_it(lstm: Explorer) -> None:
    reading = look(lstm) | {"help": True}
    close = {"?", "F1", "Escape", "Enter", "Space", "Shift+Space"}
    lstm.press("?")
    expect(lstm.page.get_by_role("dialog")).to_be_visible()
    try_all(lstm, [Row(key, {"help": False}, ("?",)) if key in close else Row(key, {}) for key, *_ in ROWS], reading)


def test_the_list_of_lessons_hears_what_has_no_steps(lstm: Explorer) -> None:
    lstm.header.brand.click()
    expect(lstm.home.root).to_be_visible()
    rows = [
        Row(key, changes if set(changes) <= LISTED else {}, back if set(changes) <= LISTED else ())
        for key, changes, back in ROWS
    ]
    try_all(lstm, rows, look(lstm))


def test_letters_digits_and_signs_can_be_switched_off_and_stay_so(lstm: Explorer) -> None:
    lstm.press("?")
    switch = lstm.page.get_by_role("group", name=lstm.words("help.characters"))
    switch.get_by_role("button", name=lstm.words("help.off"), exact=True).click()
    lstm.press("Escape")
    lstm.page.reload()
    lstm.wait()
    lstm.press("ArrowRight", "ArrowLeft")
    silent = [Row(key, {}) for key, *_ in ROWS if len(key) == 1]
    assert len(silent) > 12
    try_all(
        lstm, [*silent, Row("ArrowRight", {"step": 4}, ("ArrowLeft",)), Row("F1", {"help": True}, ("F1",))], look(lstm)
    )


def test_the_table_on_the_page_tells_of_every_key(lstm: Explorer) -> None:
    lstm.press("F1")
    told = {
        "+".join(CAPS.get(part, part) for part in text.split("+"))
        for text in lstm.page.get_by_role("dialog").locator("kbd").all_text_contents()
    }
    heard = {key for row in ROWS if row.changes for key in (row.key, *row.back)} - set("2345") | {"u", "Shift+u", "l"}
    assert {key.lower() for key in told} == {key.lower() for key in heard}


def test_of_a_long_sequence_the_present_step_is_a_stop_and_the_arrows_lead_on(explorer: Explorer) -> None:
    explorer.open("clipping")
    number, head = explorer.sequence.root.locator("button:not([tabindex='-1'])").all()
    expect(head).to_have_accessible_name(explorer.words("sequence.head", step=50))
    number.focus()
    explorer.press("ArrowLeft")
    stops = explorer.sequence.root.locator("button:not([tabindex='-1'])")
    expect(stops).to_have_count(2)
    expect(explorer.sequence.head(49)).to_have_attribute("aria-current", "step")
    expect(explorer.sequence.number("x", 49)).to_be_focused()
    explorer.press("7", "Enter")
    expect(explorer.sequence.number("x", 49)).to_have_text("7")
