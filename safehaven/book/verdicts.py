"""The `claims` directive and the `verdict` role: what became of the paper's statements."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective, SphinxRole

from safehaven.book.claims import claim_markdown
from safehaven.book.project import project_of, report
from safehaven.errors import CourseError


class ClaimsDirective(SphinxDirective):
    """```{claims}` with the ids of the claims that this lesson discusses."""

    has_content = True
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the claims with verdict, reason and source, in the order asked for."""
        project = project_of(self.env)
        self.env.note_dependency(str(project.folders.data / "facts" / "claims.csv"))
        lines: list[str] = []
        for offset, text in enumerate(self.content):
            for claim_id in text.split():
                claim = project.claims.get(claim_id)
                if claim is None:
                    report([self._unknown(claim_id, offset)])
                    continue
                lines += claim_markdown(claim)
        container = nodes.container(classes=["claims"])
        self.state.nested_parse(StringList(lines, self.env.docname), self.content_offset, container)
        return [container]

    def _unknown(self, claim_id: str, offset: int) -> CourseError:
        return CourseError(
            f"There is no claim {claim_id}.",
            file=self.env.doc2path(self.env.docname),
            line=self.content_offset + offset + 1,
            remedy="Use an id of book/data/facts/claims.csv, C01 to C66.",
        )


class VerdictRole(SphinxRole):
    """{verdict}`confirmed`: a label whose words carry the meaning, its colour only repeats it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one inline node with a class for the verdict."""
        slug = self.text.replace(" ", "-")
        label = nodes.inline(self.rawtext, self.text, classes=["verdict", f"verdict-{slug}"])
        return [label], []
