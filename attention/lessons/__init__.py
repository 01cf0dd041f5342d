"""Lessons: `lesson` is what one holds; `file`, `writing` and `toml_lines` are about its file."""

from attention.lessons.file import FOLDER, home_of, load_lessons, parse_lesson, read_lesson
from attention.lessons.lesson import Lesson

__all__ = ["FOLDER", "Lesson", "home_of", "load_lessons", "parse_lesson", "read_lesson"]
