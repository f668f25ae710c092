"""Lessons: folders of text that a teacher can write, one `lesson.toml` and one Markdown file for each language."""

from __future__ import annotations

from .lesson import Lesson, LessonError
from .shelf import Shelf, load_lessons

__all__ = ["Lesson", "LessonError", "Shelf", "load_lessons"]
