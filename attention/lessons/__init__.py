"""Lessons: what they hold (`lesson`), and their files (`file`, `writing`, `toml_lines`)."""

from attention.lessons.file import FOLDER, load_lessons, parse_lesson, read_lesson
from attention.lessons.lesson import Lesson

__all__ = ["FOLDER", "Lesson", "load_lessons", "parse_lesson", "read_lesson"]
