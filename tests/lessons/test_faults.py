"""The report of a lesson: order, remarks and faults, hints."""

from __future__ import annotations

from app.engine import Problem
from app.lessons.faults import MAX_PROBLEMS, Place, Report, did_you_mean, listed


def test_problems_stand_by_file_and_line_and_only_once() -> None:
    report = Report("my-lesson")
    report.fault("zh.md", 4, "a", "A")
    report.fault("lesson.toml", 9, "b", "B")
    report.fault("lesson.toml", 9, "b", "B")
    report.fault("lesson.toml", None, "c", "C")
    report.fault("", None, "d", "D")
    found = [(each.file, each.line, each.code) for each in report.problems]
    assert found == [
        ("my-lesson", None, "d"),
        ("my-lesson/lesson.toml", None, "c"),
        ("my-lesson/lesson.toml", 9, "b"),
        ("my-lesson/zh.md", 4, "a"),
    ]


def test_a_remark_leaves_the_lesson_usable_and_a_fault_does_not() -> None:
    report = Report("my-lesson")
    report.remark("zh.md", None, "a", "A")
    report_with_fault = Report("my-lesson")
    report_with_fault.fault("zh.md", None, "b", "B")
    assert [report.faulty, report_with_fault.faulty] == [False, True]
    assert [len(each.problems) for each in (report, report_with_fault)] == [1, 1]


def test_a_problem_of_the_engine_is_told_at_the_line_of_the_lesson() -> None:
    report = Report("my-lesson")
    Place(report, "lesson.toml", 12).adopt(Problem("x", "X", {"name": "q"}, "hint", 2, 4, 5))
    [problem] = report.problems
    assert report.faulty
    assert problem.to_data() == {
        "code": "x",
        "args": {"name": "q"},
        "message": "X",
        "hint": "hint",
        "where": {"file": "my-lesson/lesson.toml", "line": 12, "start": 4, "end": 5},
    }


def test_problems_are_bounded() -> None:
    report = Report("my-lesson")
    for line in range(2 * MAX_PROBLEMS):
        report.fault("en.md", line, "a", "A")
    assert len(report.problems) == MAX_PROBLEMS


def test_hints() -> None:
    assert did_you_mean("stpe", ["step", "id"]) == "did you mean 'step'?"
    assert did_you_mean("qqq", ["step"], "otherwise") == "otherwise"
    assert listed(["a", "b"]) == "there are: a, b"
    assert listed([]) == "there are none"
    assert listed(map(str, range(20))).endswith("10, 11, ...")
