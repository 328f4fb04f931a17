"""Grades out: export plugins for nbgrader, one for each kind of table.

    nbgrader export --exporter=safehaven.grading.export.CanvasExporter \
        --CanvasExporter.template=canvas.csv --to=filled.csv
    nbgrader export --exporter=safehaven.grading.export.MoodleExporter --to=moodle
    nbgrader export --exporter=safehaven.grading.export.LongExporter --to=tasks.csv

All of them tell apart a zero, work that is missing, work that could not be graded, and work that
still waits for a person; no state but a graded one ever becomes a number by itself.
"""

from safehaven.grading.export.canvas import CanvasExporter
from safehaven.grading.export.long import LongExporter
from safehaven.grading.export.moodle import MoodleExporter

__all__ = ["CanvasExporter", "LongExporter", "MoodleExporter"]
