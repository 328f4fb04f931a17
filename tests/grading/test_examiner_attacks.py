"""What a student's code does to its own kernel gains no point and shows no test."""

import pytest

from safehaven.grading.examiner import kernel as driver
from safehaven.grading.examiner import messages
from safehaven.grading.sandbox import Sandbox
from tests.grading.examined import learn, run, student_cell, test_cell

WRONG = "def solve(n):\n    return 0\nanswer = 1\n"
TESTS = (
    ("f", "assert solve(3) == 9, 'wrong'\nassert solve(4) == 16\nassert not solve(0)"),
    ("v", "assert answer == 42 and type(answer) is int"),
    ("p", "right = 0\nfor n in (2, 3):\n    if solve(n) == n * n:\n        right += 1\nright / 2"),
)

FORGED_ANSWERS = r"""
kernel = get_ipython().kernel
forged = [
    *(b"", b"{}", b"[]", b'{"answers": 0}', b"\xff", b"[" * 100000),
    b'{"answers": 0, "values": 5, "refused": {}}',
    b'{"answers": 0, "values": [["answer", ["?"]]], "refused": []}',
]
def lie(stream, ident, parent):
    asked = {"prompt": "", "password": False}
    for data in forged:
        kernel.session.send(
            kernel.stdin_socket, "input_request", asked, parent, ident=ident, buffers=[data]
        )
kernel.shell_handlers["safehaven_request"] = lie
"""
FORGED_OUTPUTS = r"""
kernel = get_ipython().kernel
parent = dict(kernel.get_parent())
full = {"data": {"text/plain": "2"}, "metadata": {}, "execution_count": 2}
odd = {"data": {"text/html": 5, "x": {"y": "\ud800"}}, "metadata": [1]}
for kind, content in [
    ("execute_result", full),
    ("status", {"execution_state": "idle"}),
    ("stream", 5),
    ("error", {"traceback": "no list"}),
    ("display_data", odd),
    ("clear_output", None),
]:
    try:
        kernel.session.send(kernel.iopub_socket, kind, content, parent)
    except Exception as error:
        print(error)
"""

#: Attacks by name: what the notebook does after a wrong answer, and whether it is clear tampering.
ATTACKS = {
    "transformer": ("get_ipython().input_transformers_cleanup.append(lambda l: ['pass\\n'])", True),
    "post transformer": (
        "get_ipython().input_transformers_post.append(lambda l: ['pass\\n'])",
        True,
    ),
    "ast": (
        "import ast\nclass Skip(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Skip())",
        True,
    ),
    "run_cell": (
        "ip = get_ipython()\nold = ip.run_cell\n"
        "ip.run_cell = lambda code, *a, **k: old('pass', *a, **k)\nip.run_cell_async = None",
        True,
    ),
    "showtraceback": ("get_ipython().showtraceback = lambda *a, **k: None", True),
    "custom exc": (
        "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)",
        True,
    ),
    "builtins": (
        "import builtins\nbuiltins.all = builtins.any = lambda x: True\nbuiltins.abs = lambda x: 0",
        True,
    ),
    "names": ("type = lambda x: int\nabs = len = sum = lambda *a: 42\nint = str", False),
    "do_execute": (
        "import types\nk = get_ipython().kernel\nasync def ok(*a, **k): return {'status': 'ok', "
        "'execution_count': 1, 'payload': [], 'user_expressions': {}}\nk.do_execute = ok",
        True,
    ),
    "trace": ("import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)", True),
    "numpy": ("import numpy as np\nnp.allclose = np.isclose = lambda *a, **k: True", True),
    "pandas": (
        "import pandas as pd\npd.testing.assert_frame_equal = lambda *a, **k: None\n"
        "pd.DataFrame.equals = lambda *a: True",
        True,
    ),
    "equal to all": (
        "class Any:\n    def __eq__(self, o): return True\n    def __bool__(self): return True\n"
        "    def __rsub__(self, o): return 0\n    __sub__ = __rsub__\n"
        "    def __hash__(self): return 1\n"
        "answer = Any()\ndef solve(n): return Any()",
        False,
    ),
    "int equal to all": (
        "class Any(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\n"
        "answer = Any(1)\ndef solve(n): return Any(1)",
        False,
    ),
    "mock": ("from unittest.mock import MagicMock, ANY\nanswer = ANY\nsolve = MagicMock()", False),
    "mock instance": (
        "from unittest.mock import MagicMock\nanswer = MagicMock()\n"
        "answer.__eq__ = lambda *a: True\nsolve = lambda n: answer",
        False,
    ),
    "array equal to all": (
        "import numpy as np\nclass A(np.ndarray):\n    def __eq__(self, o): return True\n"
        "    def __array_ufunc__(self, *a, **k): return True\n"
        "answer = np.array(1).view(A)\ndef solve(n): return np.array(1).view(A)",
        False,
    ),
    "exit at once": ("import atexit, os\natexit.register(lambda: os._exit(0))", False),
    "system exit": ("def solve(n): raise SystemExit(0)", False),
    "keyboard": ("def solve(n): raise KeyboardInterrupt", False),
    "generator exit": ("def solve(n): raise GeneratorExit", False),
    "class of error": (
        "class E(BaseException):\n    def __init__(self, *a): pass\n"
        "    def __str__(self): raise SystemExit\ndef solve(n): raise E(1)",
        False,
    ),
    "stop iteration": ("def solve(n): raise StopIteration(9)", False),
    "recursion": ("def solve(n): return solve(n)", False),
    "huge": ("answer = 'x' * 60_000_000\ndef solve(n): return [[0] * 10**6] * 50", False),
    "deep": (
        "answer = 1\nfor _ in range(100_000): answer = [answer]\ndef solve(n): return answer",
        False,
    ),
    "knot": ("answer = []\nanswer.append(answer)\ndef solve(n): return answer", False),
    "thread": (
        "import threading, time\ndef change():\n    global answer\n"
        "    while True: answer = 41; time.sleep(0.001)\n"
        "threading.Thread(target=change, daemon=True).start()",
        False,
    ),
    "signal": ("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)", False),
    "change argument": (
        "def solve(*args):\n    import gc\n    for o in gc.get_objects():\n"
        "        if isinstance(o, dict) and o.get('n') == 3: o['n'] = 0\n    return 0",
        False,
    ),
    "stdin hijacked": (
        "k = get_ipython().kernel\nimport zmq\nk.stdin_socket.close()",
        True,
    ),
    "handlers removed": ("get_ipython().kernel.shell_handlers.clear()", True),
    "handler replaced": (FORGED_ANSWERS, True),
    "outputs forged": (FORGED_OUTPUTS, False),
    "modules forged": (
        "import sys, types\n"
        "for name in ('inside.codec', 'inside.remote', 'inside.student', 'json', 'base64'):\n"
        "    m = sys.modules.get(name)\n    if m is not None:\n"
        "        m.dumps = lambda *a, **k: b'{}'\n        m.Encoder = None",
        False,
    ),
}


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


@pytest.fixture(scope="module")
def known(box):
    """What the instructor's answers show."""
    right = "def solve(n):\n    return n * n\nanswer = 42"
    tests = [test_cell(source, name=cell) for cell, source in TESTS]
    return learn(box, student_cell(right), *tests)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gains_nothing(box, known, name) -> None:
    attack, is_clear = ATTACKS[name]
    tests = [test_cell(source, name=cell) for cell, source in TESTS]
    honest = test_cell("assert 1 + 1 == 2", name="honest")
    cells = [student_cell(WRONG), student_cell(attack), *tests, honest]
    ran = run(box, *cells, known=known, cell_seconds=2)
    assert ran.points == [0, 0, 0, 1], [ran.said(i) for i in range(4)]
    assert ("tampering" in ran.kinds) is is_clear, ran.notes
    assert "fallback" not in ran.kinds


HONEST = """
import warnings, random, builtins, sys, functools, numpy as np, pandas as pd
warnings.filterwarnings("ignore")
warnings.warn = lambda *a, **k: None
pd.set_option("display.max_rows", 5)
pd.options.mode.copy_on_write = True
pd.DataFrame.shout = lambda self: "!"
np.set_printoptions(precision=2)
np.random.seed(1); random.seed(1)
sys.setrecursionlimit(5000)
sys.stdout.flush()
print = functools.partial(print, flush=True)
def sum(values): return 0
list = [1, 2]
get_ipython().run_line_magic("load_ext", "autoreload")
get_ipython().run_line_magic("autoreload", "2")
get_ipython().run_line_magic("precision", "3")
get_ipython().run_line_magic("config", "InteractiveShell.ast_node_interactivity = 'all'")
get_ipython().events.register("post_run_cell", lambda *a: None)
try:
    import matplotlib.pyplot as plt
    plt.plot([1, 2]); plt.show = lambda *a: None
    from tqdm.auto import tqdm
    tqdm.pandas()
except ImportError:
    pass
def solve(n):
    return n * n
answer = 42
"""


def test_what_honest_notebooks_do_is_not_flagged(box) -> None:
    tests = [test_cell(source, name=cell) for cell, source in TESTS]
    ran = run(
        box,
        "%matplotlib inline",
        student_cell(HONEST),
        "%timeit -n 1 -r 1 solve(2)",
        *tests,
        "answer",
    )
    assert ran.points == [1, 1, 1], [ran.said(i) for i in range(3)]
    assert ran.notes == []


def test_the_tests_are_not_to_be_found_in_the_kernel(box) -> None:
    spy = """
import gc, re, sys
seen = []
WORD = "QUAI[N]TMARMOT"
def solve(n, *rest):
    frame, depth = sys._getframe(), 0
    while frame:
        seen.append(repr(frame.f_locals)[:100000] + repr(frame.f_code.co_consts))
        frame = frame.f_back
    plain = (str, bytes, dict, list, tuple)
    seen.append(repr([o for o in gc.get_objects() if isinstance(o, plain)][:50000])[:10**7])
    try:
        with open('/proc/self/mem', 'rb') as memory:
            for line in open('/proc/self/maps'):
                where, rights = line.split()[:2]
                if 'rw' in rights:
                    low, high = (int(x, 16) for x in where.split('-'))
                    memory.seek(low)
                    part = memory.read(min(high - low, 5 * 10**7))
                    if re.search(WORD.encode(), part):
                        seen.append('in memory')
    except OSError:
        pass
    return n * n
"""
    ran = run(
        box,
        student_cell(spy),
        test_cell("assert solve(3) == 9, 'QUAINTMARMOT'\nQUAINTMARMOT = 1", name="a"),
        student_cell(
            "import IPython\nip = get_ipython()\n"
            "history = repr([ip.history_manager.input_hist_raw, In, list(ip.user_ns)])\n"
            "found = [bool(re.search(WORD, text)) for text in [*seen, history]]"
        ),
        test_cell("assert not any(found) and len(found) > 3 and 'in memory' not in seen", name="b"),
    )
    assert ran.points == [1, 1], ran.said(1)


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [b""],
        [b"<IDS|MSG>"],
        [b"<IDS|MSG>", b""],
        [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b'{"msg_type": 5}', b"{}", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b"[]", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b'{"msg_id": []}', b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b"{}", b"{}", b"[1]"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b"{}", b"{}", b"\xff"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b"{}", b"{}", b"[" * 50_000],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}' + b" " * 70_000, b"{}", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b"{}", b"{}", b'{"a": ' + b"9" * 5000 + b"}"],
    ],
    ids=range(13),
)
def test_a_message_that_is_none_is_passed_over(frames) -> None:
    assert messages.read(frames, 1000) is None or frames[-1].startswith((b"[" * 9, b'{"a"'))


def test_a_message_that_is_too_large_is_not_read() -> None:
    frames = [
        b"id",
        b"<IDS|MSG>",
        b"",
        b'{"msg_type": "stream"}',
        b'{"msg_id": "1"}',
        b"{}",
        b"x" * 2000,
    ]
    message = messages.read(frames, 1000)
    assert message is not None and message.content == {} and message.size == 2000
    assert driver.GRACE_SECONDS < 10
