"""What a paper is drawn from: pools of lessons, how many questions of each, in which shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from safehaven.bank.model import Level, Sentence, Strict, Use
from safehaven.errors import CourseError, CourseErrors, raise_all
from safehaven.folders import CourseFolders
from safehaven.lessons import STRANDS, Strand, lesson_files
from safehaven.located import LocatedYaml, load

Kind = Literal["single", "multiple", "numeric", "ordering", "matching", "text"]
#: What to do about a blueprint that does not fit the model; the message says what is wrong.
REMEDY = "Mend the blueprint; the others in assessments/blueprints/ show what one holds."


def _whole(shares: dict[str, int]) -> dict[str, int]:
    if shares and sum(shares.values()) != 100:
        raise ValueError(f"the shares add up to {sum(shares.values())}, not to 100")
    if any(share <= 0 for share in shares.values()):
        raise ValueError("a share is above 0; leave out what is not wanted")
    return shares


#: Shares in per cent; empty where nothing is asked for.
LevelShares = Annotated[dict[Level, int], AfterValidator(_whole)]
KindShares = Annotated[dict[Kind, int], AfterValidator(_whole)]


class Pool(Strict):
    """Some lessons, and how many questions of them a paper takes, evenly over the lessons."""

    lessons: list[int] = Field(default_factory=list, description="Numbers of lessons.")
    strands: list[Strand] = Field(default_factory=list, description="Or all lessons of strands.")
    use: Use = "graded"
    count: int = Field(ge=1, le=200, description="How many questions are drawn.")
    levels: LevelShares = Field(default_factory=dict, description="Share of each level, per cent.")
    kinds: KindShares = Field(default_factory=dict, description="Share of each kind, per cent.")

    @model_validator(mode="after")
    def _lessons_or_strands(self) -> Self:
        if bool(self.lessons) == bool(self.strands):
            raise ValueError("a pool names either lessons or strands")
        named: Sequence[object] = self.lessons or self.strands
        if len(set(named)) < len(named):
            raise ValueError("a lesson or a strand stands there twice")
        return self


class BlueprintFile(Strict):
    """One file in assessments/blueprints/."""

    title: Sentence = Field(description="Heading of the paper.")
    points: float = Field(default=1, gt=0, description="What each question is worth.")
    diagnostic: bool = Field(
        default=False, description="Whether the feedback names the lessons to begin with."
    )
    levels: LevelShares = Field(default_factory=dict, description="Shares over the whole paper.")
    kinds: KindShares = Field(default_factory=dict, description="Shares over the whole paper.")
    pools: list[Pool] = Field(min_length=1)

    @field_validator("points")
    @classmethod
    def _half_points(cls, points: float) -> float:
        if points * 2 != int(points * 2):
            raise ValueError("points are whole or half, as Canvas takes them")
        return points

    @field_validator("pools")
    @classmethod
    def _shares_once(cls, pools: list[Pool], info: ValidationInfo) -> list[Pool]:
        for shares in ("levels", "kinds"):
            if info.data.get(shares) and any(getattr(pool, shares) for pool in pools):
                raise ValueError(
                    f"{shares} are shared out over the paper or in its pools, not both"
                )
        return pools


@dataclass(frozen=True)
class LocatedPool:
    """A pool, the lessons it means, and the line it stands in."""

    rule: Pool
    lessons: tuple[int, ...]
    line: int

    @property
    def per_lesson(self) -> dict[int, int]:
        """How many questions each lesson gives: even, the first lessons one more where need be."""
        least, more = divmod(self.rule.count, len(self.lessons))
        return {lesson: least + (i < more) for i, lesson in enumerate(self.lessons)}


@dataclass(frozen=True)
class Blueprint:
    """A blueprint as its file has it.

    Attributes:
        name: the file's name without its ending: `quiz-07`.
        file: where it stands.
        head: title, points and the shares over the whole paper.
        pools: what the questions are drawn from, in their order.
    """

    name: str
    file: Path
    head: BlueprintFile
    pools: tuple[LocatedPool, ...]

    @property
    def count(self) -> int:
        """How many questions a paper has."""
        return sum(pool.rule.count for pool in self.pools)

    def error(self, message: str, *, line: int | None = None, remedy: str) -> CourseError:
        """An error in the blueprint, at a line of its file."""
        return CourseError(f"{self.name}: {message}", file=self.file, line=line, remedy=remedy)


def strand_lessons(folders: CourseFolders) -> dict[Strand, tuple[int, ...]]:
    """The numbers of the lessons of each strand, from the names of their files."""
    files = lesson_files(folders.book)
    return {
        strand: tuple(int(f.name.split("-")[0]) for f in files if f.parent.name == strand)
        for strand in STRANDS
    }


def blueprint_folder(folders: CourseFolders) -> Path:
    """Where the blueprints lie."""
    return folders.assessments / "blueprints"


def blueprint_names(folders: CourseFolders) -> list[str]:
    """The names of all blueprints, in order."""
    return sorted(file.stem for file in blueprint_folder(folders).glob("*.yaml"))


def load_blueprints(folders: CourseFolders, names: Sequence[str] = ()) -> list[Blueprint]:
    """The blueprints of those names; all of them where no name is given.

    Raises:
        CourseErrors: all that is wrong in all files, each with file, line and remedy.
    """
    known = blueprint_names(folders)
    strands = strand_lessons(folders)
    found: list[Blueprint] = []
    errors: list[CourseError] = []
    for name in names or known:
        file = blueprint_folder(folders) / f"{name}.yaml"
        if name not in known:
            remedy = f"Use one of: {', '.join(known) or 'none is there yet'}."
            errors.append(CourseError(f"There is no blueprint {name!r}.", file=file, remedy=remedy))
            continue
        try:
            found.append(read_blueprint(file, strands))
        except CourseErrors as several:
            errors += several.errors
        except CourseError as one:
            errors.append(one)
    raise_all(errors)
    return found


def read_blueprint(file: Path, strands: Mapping[Strand, Sequence[int]]) -> Blueprint:
    """Read one file; `strands` gives the lessons of each strand.

    Raises:
        CourseError: it is no UTF-8 or no YAML.
        CourseErrors: all that does not fit the model.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 ({error.reason})."
        raise CourseError(message, file=file, remedy="Save it as UTF-8.") from error
    document = load(text, file)
    head = document.validate(BlueprintFile, (), REMEDY)
    pools = [_located(document, i, pool, strands) for i, pool in enumerate(head.pools)]
    return Blueprint(file.stem, file, head, tuple(pools))


def _located(
    document: LocatedYaml, i: int, pool: Pool, strands: Mapping[Strand, Sequence[int]]
) -> LocatedPool:
    lessons = pool.lessons or [n for strand in pool.strands for n in strands[strand]]
    if not lessons:
        message = f"The strand {', '.join(pool.strands)} has no lesson."
        raise document.error(message, ("pools", i, "strands"), remedy="Name lessons instead.")
    return LocatedPool(pool, tuple(lessons), document.line(("pools", i)))
