"""What a gradebook says of an assignment, in words that do not depend on how it came about."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook

#: One fact: which table, whose, of which notebook and cell; and its values.
Facts = dict[tuple[str, ...], tuple[Any, ...]]


def facts(url: str, assignment: str) -> Facts:
    """Everything that grading writes, by student, notebook and cell.

    The ids of rows are left out: they are drawn anew in each gradebook. Two gradebooks whose
    facts are equal are equal for every purpose of nbgrader.
    """
    found: Facts = {}
    with Gradebook(url) as gradebook:
        for work in gradebook.find_assignment(assignment).submissions:
            found[("submission", work.student_id)] = (work.timestamp, work.extension)
            for notebook in work.notebooks:
                place = (work.student_id, notebook.name)
                penalty = notebook.late_submission_penalty
                found["notebook", *place] = (notebook.flagged, penalty)
                for grade in notebook.grades:
                    given = (grade.auto_score, grade.manual_score, grade.extra_credit)
                    found["grade", *place, grade.name] = (*given, grade.needs_manual_grade)
                for comment in notebook.comments:
                    said = (comment.auto_comment, comment.manual_comment)
                    found["comment", *place, comment.name] = said
    return found
