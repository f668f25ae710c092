"""`unrolled recipe`: tries for a paper's result with several seeds, and says how often it was reached, and how soon."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO

from app.learning import (
    Attempt,
    Progress,
    Recipe,
    Summary,
    attempted,
    attempts_text,
    per_cent,
    planned,
    read_attempts,
    recipe_named,
    recipes,
    summed_up,
)

from .write import check_folder, write

INTERRUPTED = 130
OPTIONS = ("--seeds", "--contender", "--jobs", "--keep")
#: seconds between two pictures of the line that is rewritten
_DRAWN = 0.2
_HEAD = ("", "reached", "updates", "sequences", "loss", "right", "beyond", "seconds")

#: a contender's name and a seed
Try = tuple[str, int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("recipe", nargs="?", metavar="NAME", help="one of those that are listed without a name")
    parser.add_argument("--seeds", type=_count, default=5, metavar="N", help="how many seeds, from 0 (default: 5)")
    parser.add_argument("--contender", default="", metavar="NAME", help="only this network of the recipe")
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="how many run side by side (default: 1)")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="writes every attempt to a file; those that are in it are not made again"
    )


def recipe(options: argparse.Namespace) -> int:
    """Makes the attempts and prints what they came to, or lists the recipes where none is named.

    Gives 0, or 130 after Ctrl-C. Raises ProblemError for names that are not known and files that cannot be used.
    """
    if options.recipe is None:
        _print_list()
        return 0
    chosen = recipe_named(options.recipe)
    tries = [(contender.name, seed) for contender, seed in planned(chosen, options.seeds, options.contender)]
    found: list[Attempt] = []
    if options.keep is not None:
        check_folder(options.keep, "keep")
        found = read_attempts(chosen, options.keep)
    done = {(each.contender, each.seed) for each in found}
    left = [each for each in tries if each not in done]
    print(chosen.title["en"], f"Source: {chosen.source}", f"Published: {chosen.published['en']}", chosen.about["en"], sep="\n")
    for one in chosen.contenders if not options.contender else (chosen.contender(options.contender),):
        print(f"{one.title['en']}: {one.goal.said()}, at most {one.with_seed(0).updates:,} updates")
    print(flush=True)
    code = 0
    try:
        for each in _made(chosen, left, min(options.jobs, len(left) or 1)):
            found.append(each)
            print(_line(chosen, each), flush=True)
            if options.keep is not None:
                write(options.keep, attempts_text(chosen, found).encode())
    except KeyboardInterrupt:
        code = INTERRUPTED
    print("", *table(chosen, [each for each in found if (each.contender, each.seed) in tries]), sep="\n")
    return code


def table(chosen: Recipe, found: Sequence[Attempt]) -> list[str]:
    """The lines of the table that is printed at the end."""
    rows = [_HEAD, *(_row(chosen, each) for each in summed_up(chosen, found))]
    shown = [place for place in range(len(_HEAD)) if place == 0 or any(row[place] for row in rows[1:])]
    widths = {place: max(len(row[place]) for row in rows) for place in shown}
    return [
        "  ".join(f"{row[place]:<{widths[place]}}" if not place else f"{row[place]:>{widths[place]}}" for place in shown)
        for row in rows
    ]


def _row(chosen: Recipe, found: Summary) -> tuple[str, ...]:
    middle, fewest, most = found.updates
    return (
        chosen.contender(found.contender).title["en"], f"{found.reached} of {found.tried}",
        f"{middle:,.0f} ({fewest:,} to {most:,})" if found.reached else f"none in {most:,}", f"{found.sequences:,.0f}",
        "" if found.loss is None else f"{found.loss:.4f}", "" if found.accuracy is None else per_cent(found.accuracy),
        "" if found.beyond is None else per_cent(found.beyond), f"{found.seconds:.1f}",
    )  # fmt: skip


def _line(chosen: Recipe, found: Attempt) -> str:
    said = "reached" if found.reached else f"stopped ({found.stopped})" if found.stopped else "not reached"
    numbers = [
        f"loss {found.loss:.4f}" if found.loss is not None else "",
        f"{per_cent(found.accuracy)} right" if found.accuracy is not None else "",
        f"{per_cent(found.beyond)} beyond" if found.beyond is not None else "",
        f"{found.seconds:.1f} s",
    ]
    start = f"{chosen.contender(found.contender).title['en']}, seed {found.seed}: {said} after {found.updates:,} updates"
    return ", ".join([start, *(each for each in numbers if each)])


def _made(chosen: Recipe, tries: Sequence[Try], jobs: int) -> Iterator[Attempt]:
    """The attempts as they end."""
    if jobs == 1:
        for contender, seed in tries:
            network = chosen.contender(contender)
            with _Live(f"{network.title['en']}, seed {seed}", sys.stdout) as live:
                found = attempted(chosen, network, seed, live.show)
            yield found
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"))
    try:
        yield from _ended(pool, chosen.name, tries)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ended(pool: ProcessPoolExecutor, name: str, tries: Iterable[Try]) -> Iterator[Attempt]:
    for future in as_completed([pool.submit(_one, name, *each) for each in tries]):
        yield future.result()


def _one(name: str, contender: str, seed: int) -> Attempt:
    """An attempt in a process of its own."""
    chosen = recipe_named(name)
    return attempted(chosen, chosen.contender(contender), seed)


class _Live:
    """One line about a running attempt, in a terminal, that is gone when it ends."""

    def __init__(self, title: str, out: TextIO) -> None:
        self._title, self._out, self._live, self._drawn = title, out, out.isatty(), 0.0
        self.measured = ""

    def __enter__(self) -> _Live:
        return self

    def __exit__(self, *about: object) -> None:
        if self._live:
            self._out.write("\r\x1b[K")

    def show(self, progress: Progress) -> None:
        if progress.held_out is not None:
            self.measured = f", held out {progress.held_out.loss:.4f}, {progress.held_out.accuracy:.1%} right"
        now = time.monotonic()
        if self._live and now - self._drawn > _DRAWN:
            self._drawn = now
            text = f"{self._title}: update {progress.update:,}, loss {progress.loss:.4f}{self.measured}"
            self._out.write("\r\x1b[K" + text[: shutil.get_terminal_size().columns - 1])
            self._out.flush()


def _print_list() -> None:
    width = max(map(len, recipes()), default=0)
    for name, each in recipes().items():
        print(f"{name:{width}}  {each.title['en']}  ({', '.join(one.name for one in each.contenders)}; "
              f"up to about {each.seconds:.0f} s a seed)")  # fmt: skip


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= 1000:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 1000")
