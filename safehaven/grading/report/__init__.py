"""What an instructor reads after a run: a table, a JSON file and a page."""

from safehaven.grading.report.console import console_table
from safehaven.grading.report.model import Run, Summary, summarise
from safehaven.grading.report.write import write_report

__all__ = ["Run", "Summary", "console_table", "summarise", "write_report"]
