"""YAML that a person wrote, read so that every mistake can be shown on its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from safehaven.errors import CourseError, CourseErrors

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class LocatedYaml:
    """A YAML document, the file it stands in, and the lines of its parts.

    Attributes:
        content: what the YAML says.
        file: the file that holds it.
        above: how many lines of the file stand above the YAML.
    """

    content: Any
    file: Path
    above: int = 0

    def line(self, location: Sequence[int | str]) -> int:
        """The line, from 1, of the deepest part of `location` that stands in the document.

        Pydantic names the member of a union ("single") in a location; that is no key and is
        passed over.
        """
        node, line = self.content, 1
        for part in location:
            if isinstance(node, dict) and part in node:
                line = node.lc.key(part)[0] + 1  # type: ignore[attr-defined]  # ruamel's own dict
            elif isinstance(node, list) and isinstance(part, int) and part < len(node):
                line = node.lc.item(part)[0] + 1  # type: ignore[attr-defined]  # ruamel's own list
            else:
                continue
            node = node[part]
        return line + self.above

    def error(self, message: str, location: Sequence[int | str], *, remedy: str) -> CourseError:
        """An error at the line of `location`."""
        return CourseError(message, file=self.file, line=self.line(location), remedy=remedy)

    def validate(self, model: type[Model], location: Sequence[int | str], remedy: str) -> Model:
        """The part at `location` as a model.

        Raises:
            CourseErrors: everything in it that does not fit, each with its line.
        """
        part = self.content
        for key in location:
            part = part[key]
        try:
            return model.model_validate(part)
        except ValidationError as error:
            raise CourseErrors(
                self.error(
                    f"{'.'.join(str(p) for p in (*location, *item['loc']))}: "
                    f"{item['msg'].removeprefix('Value error, ').rstrip('.')}.",
                    (*location, *item["loc"]),
                    remedy=remedy,
                )
                for item in error.errors()
            ) from error


def load(text: str, file: Path, *, above: int = 0) -> LocatedYaml:
    """Read a YAML document that begins `above` lines below the top of its file.

    Raises:
        CourseError: it is not valid YAML.
    """
    try:
        return LocatedYaml(YAML(typ="rt").load(text), file, above)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CourseError(
            f"This is not valid YAML: {' '.join(str(error.problem).split())}.",
            file=file,
            line=mark.line + 1 + above if mark else None,
            remedy="Correct this line or the one above; lists are [a, b], entries 'key: value'.",
        ) from error
    except YAMLError as error:
        raise CourseError(
            f"This is not valid YAML: {' '.join(str(error).split())}.",
            file=file,
            remedy="Remove the character that no text holds, or save the file as UTF-8.",
        ) from error
