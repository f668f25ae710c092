"""The stateless API for scripts and notebooks: cells, lessons, traces, gradients."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from app import cells
from app.engine import Cell, ProblemError, define, vocabulary
from app.learning import offered, tried
from app.lessons import Lesson, LessonError, Shelf
from app.session import Limits
from app.session.beside import beside
from app.session.cell_experiment import cell_experiment
from app.session.experiment import Experiment, LaneRecord
from app.session.limits import over
from app.session.miniature import miniatures
from app.session.opening import find
from app.session.present import cell_card, cell_document
from app.session.records import Word
from app.session.report import Report, report
from app.session.rewriting import rewritten
from app.session.source import experiment_source
from app.session.trace_file import MEDIA, Format, trace_file
from app.session.trainings import weights_wanted, without_memory

from . import schemas, training_schemas
from .answers import JsonResponse
from .errors import Missing

REFUSALS: dict[int | str, dict[str, object]] = {
    "4XX": {"model": schemas.Problems, "description": "Refused, with every reason"},
}
Name = Annotated[str, Path(max_length=64)]
FileFormat = Annotated[
    Format | None,
    Query(description="As a file with full addresses: CSV (kind, symbol, step, row, column, value), JSON, or NPZ (kind/address)"),
]
FILES: dict[int | str, dict[str, object]] = {
    200: {"content": {media.partition(";")[0]: {} for media in MEDIA.values() if media != "application/json"}}
}
Choice = Annotated[Word | None, Query()]


def listed(shelf: Shelf, *keys: str) -> list[Mapping[str, object]]:
    """Of each lesson, in their order, its id, its title, its chapter, and what else is asked for."""
    documents = [lesson.document() for lesson in shelf.lessons.values()]
    return [{key: document[key] for key in ("id", "title", "chapter", *keys)} for document in documents]


def router(shelf: Shelf, limits: Limits) -> APIRouter:
    """The routes under /api."""
    routes = APIRouter(prefix="/api", responses=REFUSALS, default_response_class=JsonResponse)

    @cache
    def small() -> dict[str, object]:
        return miniatures(shelf, limits)

    @routes.get("/cells", tags=["cells"], summary="All cells", response_model=schemas.CellList)
    def all_cells() -> JsonResponse:
        return JsonResponse({"cells": [_cell_summary(cells.load(name)) for name in cells.in_order(cells.names())]})

    @routes.get("/cells/{name}", tags=["cells"], summary="One cell", response_model=schemas.CellDocument)
    def one_cell(name: Name) -> JsonResponse:
        return JsonResponse(cell_document(_cell(name), limits))

    @routes.get(
        "/cells/{name}/experiment",
        tags=["cells"],
        summary="A cell's experiment, ready to be changed and run",
        response_model=Experiment,
    )
    def experiment_of_a_cell(name: Name) -> JsonResponse:
        return JsonResponse(cell_experiment(_cell(name).name).model_dump())

    @routes.post(
        "/cells/{name}/beside",
        tags=["cells"],
        summary="A cell as large as an experiment's own, to be compared with it",
        response_model=LaneRecord,
    )
    def beside_an_experiment(name: Name, body: schemas.TraceRequest) -> JsonResponse:
        experiment, _ = find(shelf, body)
        return JsonResponse(beside(experiment, _cell(name).name).model_dump())

    @routes.post("/define", tags=["cells"], summary="A cell from its text", response_model=schemas.CellDocument)
    def cell_from_text(body: schemas.CellText) -> JsonResponse:
        if len(body.text) > limits.text:
            raise ProblemError([over("text", len(body.text), limits.text)])
        return JsonResponse(cell_document(define(body.name, body.text), limits))

    @routes.get("/language", tags=["cells"], summary="What a cell's text may say", response_model=schemas.Language)
    def the_language() -> JsonResponse:
        return JsonResponse(vocabulary())

    @routes.post(
        "/rewrite",
        tags=["cells"],
        summary="An experiment with one of its cells written anew",
        response_model=schemas.Rewritten,
    )
    def rewrite(body: schemas.Rewriting) -> JsonResponse:
        # What is wrong with a text that somebody is typing is an answer, and no failure.
        try:
            made = rewritten(body.experiment, body.cell, body.text, limits)
        except ProblemError as error:
            return JsonResponse({"experiment": None, "problems": [each.to_data() for each in error.problems]})
        return JsonResponse({"experiment": made, "problems": []})

    @routes.get("/lessons", tags=["lessons"], summary="All lessons", response_model=schemas.LessonList)
    def all_lessons() -> JsonResponse:
        problems = [each.to_data() for each in shelf.problems]
        return JsonResponse({"lessons": listed(shelf, "summary"), "problems": problems})

    @routes.get("/lessons/{name}", tags=["lessons"], summary="One lesson", response_model=schemas.LessonDocument)
    def one_lesson(name: Name) -> JsonResponse:
        return JsonResponse(_lesson(name).document())

    @routes.get(
        "/lessons/{name}/experiment",
        tags=["lessons"],
        summary="A lesson's experiment, ready to be changed and run",
        response_model=Experiment,
    )
    def lesson_experiment(name: Name, preset: Choice = None, variant: Choice = None) -> JsonResponse:
        return JsonResponse(_lesson(name).experiment(preset, variant))

    @routes.get(
        "/miniatures",
        tags=["lessons"],
        summary="Every lesson's first run, small enough for a stamp",
        response_model=schemas.Miniatures,
    )
    def all_miniatures() -> JsonResponse:
        return JsonResponse({"miniatures": small()})

    @routes.get(
        "/tasks",
        tags=["training"],
        summary="What can be trained: tasks, and the settings of a training with their bounds",
        response_model=training_schemas.TrainingOffer,
    )
    def what_can_be_trained() -> JsonResponse:
        return JsonResponse(offered())

    @routes.post(
        "/tasks/weights",
        tags=["training"],
        summary="Which weights a training with these settings learns, and so which it can start from",
        response_model=training_schemas.TrainingWeights,
    )
    def weights_to_start_from(body: training_schemas.TrainingSettings) -> JsonResponse:
        return JsonResponse({"weights": weights_wanted(body.settings, limits)})

    @routes.post(
        "/tasks/baseline",
        tags=["training"],
        summary="What whoever has no memory reaches, for a task with these options and this readout",
        response_model=training_schemas.TrainingBaseline,
    )
    def reached_without_memory(body: training_schemas.TrainingSettings) -> JsonResponse:
        return JsonResponse(without_memory(body.settings))

    @routes.get(
        "/recipes",
        tags=["training"],
        summary="Papers' results as settings of trainings, and what came of them here",
        response_model=training_schemas.RecipeList,
    )
    def all_recipes() -> JsonResponse:
        return JsonResponse({"recipes": tried()})

    @routes.post(
        "/trace", tags=["runs"], summary="Every value at every step", response_model=schemas.TraceDocument, responses=FILES
    )
    def trace(body: schemas.TraceRequest, format: FileFormat = None) -> Response:
        experiment, _ = find(shelf, body)
        return _answer(report(experiment, False, limits, full=format is not None), format, experiment)

    @routes.post(
        "/gradients",
        tags=["runs"],
        summary="Every value and every gradient at every step",
        response_model=schemas.TraceDocument,
        responses=FILES,
    )
    def gradients(body: schemas.GradientsRequest, format: FileFormat = None) -> Response:
        experiment, _ = find(shelf, body)
        return _answer(report(experiment, True, limits, body.asked(), full=format is not None), format, experiment)

    @routes.post(
        "/code", tags=["runs"], summary="Source that prints the same numbers", response_model=schemas.CodeDocument
    )
    def code(body: schemas.CodeRequest) -> JsonResponse:
        experiment, _ = find(shelf, body)
        return JsonResponse({"code": experiment_source(experiment, body.to, limits)})

    def _answer(found: Report, format: Format | None, experiment: Experiment) -> Response:
        if format is None:
            return JsonResponse(found.to_data())
        name = f"{found.lesson or 'trace'}.{format}"
        headers = {"content-disposition": f'attachment; filename="{quote(name)}"'}
        return Response(trace_file(found, format, limits, experiment), media_type=MEDIA[format], headers=headers)

    def _lesson(name: str) -> Lesson:
        try:
            return shelf.lesson(name)
        except LessonError as error:
            raise Missing(error.problems) from None

    return routes


def _cell(name: str) -> Cell:
    try:
        return cells.load(name)
    except ProblemError as error:
        raise Missing(error.problems) from None


def _cell_summary(cell: Cell) -> dict[str, object]:
    return {
        **cell_card(cell),
        "parameters": {name: list(shape) for name, shape in cell.parameters.items()},
        "states": list(cell.states),
        "output": cell.output,
    }
