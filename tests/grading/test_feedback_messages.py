"""What a check says is shown where its own source explains it, and nothing else is."""

import pytest

from safehaven.grading.feedback.hidden import REMOVED, Guard, Regions
from safehaven.grading.feedback.messages import Findings, read_outputs, stopped

REGIONS = Regions()


def error(name, value, *traceback):
    return {
        "output_type": "error",
        "ename": name,
        "evalue": value,
        "traceback": list(traceback),
    }


def printed(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def found(source: str, *outputs, own=()) -> Findings:
    guard = Guard([source], REGIONS)
    return read_outputs(source, outputs, regions=REGIONS, guard=guard, own=own)


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("assert f(3) == 9, 'Square the number.'", "Square the number.", ["Square the number."]),
        ("assert f(3) == 9, ('Square ' 'it.')", "Square it.", ["Square it."]),
        ("assert f(x), f'wrong for {x}'", "wrong for 12", ["wrong for 12"]),
        ("assert f(x), 'wrong for %d of %s' % (x, y)", "wrong for 1 of a", ["wrong for 1 of a"]),
        ("assert f(x), 'wrong: {}, {}'.format(x, y)", "wrong: 1, 2", ["wrong: 1, 2"]),
        ("assert f(x), 'it is ' + str(x) + ' too many'", "it is 3 too many", ["it is 3 too many"]),
        ("assert a, 'one way' if b else 'the other'", "the other", ["the other"]),
        ("m = 'Sort the list before that.'\nassert a, m", "Sort the list before that.", None),
        ("raise AssertionError('did not raise')", "did not raise", ["did not raise"]),
        ("assert x, '''First.\n  Second line.'''", "First.\n  Second line.", None),
        ("case.assertEqual(a, b, 'The sum is wrong.')", "9 != 8 : The sum is wrong.", None),
        (
            "np.testing.assert_equal(a, b, err_msg='Mind the order.')",
            "\nArrays …\nMind the order.\n x: [1]",
            None,
        ),
    ],
)
def test_an_instructors_message_is_shown(source, value, shown):
    expected = (
        shown
        or {
            "m": ["Sort the list before that."],
            "a": ["First.", "Second line."],
            "c": ["The sum is wrong."],
            "n": ["Mind the order."],
        }[source[0]]
    )
    assert list(found(source, error("AssertionError", value)).messages) == expected


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("assert f(3) == 9", ""),
        ("assert f(3) == 9, f(3)", "8"),
        ("assert f(3) == 9, f'{f(3)} != {9}'", "8 != 9"),
        ("assertEqual(f(3), 9)", "8 != 9"),
        ("assertTrue(f(3))", "False is not true"),
        ("assert_frame_equal(f(), t)", 'DataFrame.iloc[:, 0] (column name="a") are different'),
        ("assertEqual(f(), [1, 2])", "Lists differ: [1, 3] != [1, 2]"),
        ("assert_allclose(f(), 3)", "Not equal to tolerance rtol=1e-07, atol=0"),
    ],
)
def test_what_a_test_expects_is_not_shown(source, value):
    result = found(source, error("AssertionError", value))
    assert result.messages == ()
    assert result.error == ""


def test_the_headline_of_a_test_library_is_plain_words():
    value = "\nArrays are not equal\n\nMismatched elements: 1 / 3\n ACTUAL: array([1])"
    assert found("assert_array_equal(a, b)", error("AssertionError", value)).messages == (
        "Arrays are not equal",
    )


def test_pythons_own_errors_keep_their_message_and_others_their_name_alone():
    said = found("f(3)", error("NameError", "name 'f' is not defined\nmore")).error
    assert said == "NameError: name 'f' is not defined"
    assert found("f(3)", error("CalledProcessError", "Command 'secret'")).error == (
        "CalledProcessError"
    )
    assert found("f(3)", error("CellTimeoutError", "")).error == "It ran too long and was stopped."
    refused = found("f(3)", error("PointsError", "The test ended in -1 points."))
    assert refused.messages == ("The test ended in -1 points.",)
    coloured = error("TypeError", "\x1b[31mno\x1b[39m")
    assert found("f(3)", coloured).error == "TypeError: no"


def test_what_is_printed_is_shown_where_a_text_of_the_check_explains_it():
    source = """
cases = [((1, 2), "Add the two numbers, do not multiply them.")]
for case, message in cases:
    print(message)
print("right" if ok else "Not right.")
print("case", number, "of", 3, sep=" ")
print(answer, problem + ": it should be a letter.")
"""
    text = (
        "Add the two numbers, do not multiply them.\nNot right.\ncase 2 of 3\n"
        "answer_1 is empty: it should be a letter.\nwhat the student's function printed\n42\n"
        "Not right.\n"
    )
    result = found(source, printed(text), printed("a warning", "stderr"))
    assert result.messages == (
        "Add the two numbers, do not multiply them.",
        "Not right.",
        "case 2 of 3",
        "answer_1 is empty: it should be a letter.",
    )
    assert result.is_stderr


def test_an_item_of_a_list_is_shown_if_the_source_holds_it():
    source = "titles = {1: 'Lesson 1: Origins'}\nfor l in begin:\n    print('-', titles[l])"
    assert found(source, printed("- Lesson 1: Origins\n- something else\n")).messages == (
        "- Lesson 1: Origins",
    )
    difference = "'a' != 'b'\n- Lesson 1: Origins\n+ Lesson 1: Roots"
    assert found(source, error("AssertionError", difference)).messages == ()


def test_a_flood_of_messages_is_cut():
    result = found("for x in y: print('wrong for', x)", printed("wrong for 1\n" * 9))
    assert result.messages == ("wrong for 1",)
    many = "".join(f"wrong for {i}\n" for i in range(100)) + "wrong for " + "x" * 5000
    messages = found("for x in y: print('wrong for', x)", printed(many)).messages
    assert len(messages) == 31
    assert messages[-1] == "… and 71 more messages."
    assert len(found("print('word', x)", printed("word " + "x" * 5000)).messages[0]) < 700


def test_many_holes_are_matched_in_no_time():
    source = "print(f'" + "a{x}" * 40 + "b word')"
    assert found(source, printed("a" * 20_000)).messages == ()


def test_magics_do_not_hide_the_messages():
    assert found("%matplotlib inline\n!ls\nassert x, 'no plot'", error("AssertionError", "no plot"))
    assert found("this is ( no python", error("AssertionError", "No list at all.")).messages == (
        "No list at all.",
    )


SOURCE = """a = 1
### BEGIN HIDDEN TESTS
secret = load_the_secret()
assert f(secret) == 3
### END HIDDEN TESTS
assert f(2) == 4"""


def test_the_line_that_failed_is_named_if_students_have_it():
    visible = error(
        "AssertionError", "", "\x1b[32m----> \x1b[39m\x1b[32m6\x1b[39m assert f(2) == 4"
    )
    result = found(SOURCE, visible)
    assert (result.is_hidden, result.line) == (False, 2)
    hidden = error("AssertionError", "", "----> 4 assert f(secret) == 3")
    result = found(SOURCE, hidden)
    assert (result.is_hidden, result.line) == (True, None)
    examiner = error("AssertionError", "", "----> 6 ", "AssertionError: ")
    assert found(SOURCE, examiner).line == 2, "the examiner gives the number alone"
    elsewhere = error("AssertionError", "", "----> 4 something else")
    result = found(SOURCE, elsewhere)
    assert (result.is_hidden, result.line) == (None, None)


def test_of_a_traceback_only_the_students_own_lines_are_kept():
    traceback = (
        "Cell In[9], line 4\n----> 4 assert f(secret) == 3\n",
        "Cell In[2], line 2, in f(x)\n      1 def f(x):\n----> 2     return x / 0\n",
        "ZeroDivisionError: division by zero",
    )
    result = found(
        SOURCE,
        error("ZeroDivisionError", "division by zero", *traceback),
        own=["def f(x):\n    return x / 0"],
    )
    assert result.lines == ("return x / 0",)
    assert result.error == "ZeroDivisionError: division by zero"


def test_hidden_lines_are_taken_out_wherever_they_turn_up():
    guard = Guard([SOURCE], REGIONS)
    assert guard.clean("before\n  x: secret   = load_the_secret()\nafter") == (
        f"before\n{REMOVED}\nafter"
    )
    assert guard.clean("assert f(2) == 4") == "assert f(2) == 4", "students have that line"
    stolen = [error("ValueError", "secret = load_the_secret()")]
    assert "load_the_secret" not in found(SOURCE, *stolen).error
    assert "load_the_secret" not in stopped(stolen, guard)
    assert stopped([error("ValueError", "mine")], guard) == "ValueError: mine"
    assert stopped([printed("fine")], guard) == ""


def test_messages_of_several_lines_are_not_taken_for_hidden_code():
    source = (
        "### BEGIN HIDDEN TESTS\n"
        'assert f(1) == 2, """Think of the\nsecond line of this message\nand the end."""\n'
        "### END HIDDEN TESTS"
    )
    said = "Think of the\nsecond line of this message\nand the end."
    assert found(source, error("AssertionError", said)).messages == (
        "Think of the",
        "second line of this message",
        "and the end.",
    )


def test_regions_are_those_of_the_course():
    regions = Regions((("(* hide", "hide *)"),))
    assert regions.visible("a\n(* hide\nb\nhide *)\nc") == "a\nc"
    assert REGIONS.visible("x\n### BEGIN MARK SCHEME\nnever closed") == "x"
