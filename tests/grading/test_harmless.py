"""What a student wrote is shown to the instructor, and never runs in the instructor's page."""

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from safehaven.grading import configure
from safehaven.grading.harmless import harmless

ATTACKS = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<a href="javascript:alert(1)">here</a>',
    "<style>body { display: none }</style>",
    '<iframe src="https://example.org/"></iframe>',
    "<svg onload=alert(1)></svg>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nothing_is_fetched(attack: str) -> None:
    shown = harmless(f"<p>Before {attack} after</p>")
    assert "Before" in shown
    assert "after" in shown
    for active in ("<script", "<img", "<style", "<iframe", "<svg", 'href="javascript'):
        assert active not in shown


def test_text_and_tables_stay_as_they_are() -> None:
    page = '<p>See <a href="https://example.org/">this</a>: <em>9</em></p>'
    table = '<table class="dataframe"><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    assert harmless(page + table) == page + table


@pytest.mark.parametrize("attack", ATTACKS)
def test_nbgraders_configuration_in_a_course_is_enough(attack: str) -> None:
    config = Config()
    configure(config)
    output = new_output("display_data", data={"text/html": f"<p>From code {attack}</p>"})
    notebook = new_notebook(
        cells=[new_markdown_cell(f"A text {attack}"), new_code_cell("1", outputs=[output])]
    )
    exporter = HTMLExporter(config=config, template_name="classic")
    shown, _ = exporter.from_notebook_node(notebook)
    body = shown[shown.index("<body") :]
    assert "A text" in body
    assert "From code" in body
    assert attack not in body
