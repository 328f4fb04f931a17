"""What an instructor reads about a class: a page, tables and a JSON file."""

from safehaven.grading.class_report.make import class_report

__all__ = ["class_report"]
