"""Odd but honest and right: name → (first task, second task)."""

from __future__ import annotations

from tests.grading.attacks.course import LAST, WORK

ODDITIES: dict[str, tuple[str, str]] = {
    "warnings": (
        "import sys, warnings\n"
        + WORK
        + "    \nwarnings.warn('careful')\nprint('note', file=sys.stderr)",
        LAST,
    ),
    "warns-when-called": (
        "import warnings\n" + WORK.replace("    return", "    warnings.warn('again'); return"),
        LAST,
    ),
    "logging": (
        "import logging\nlogging.basicConfig(level=10)\nlog = logging.getLogger('me')\n"
        + WORK.replace("    return", "    log.warning('n is %s', n)\n    return"),
        LAST,
    ),
    "input": (
        WORK + "try:\n    name = input('Your name? ')\nexcept Exception:\n    name = ''\n",
        LAST,
    ),
    "progress": (
        WORK + "import sys, time\nfor i in range(50):\n    print(f'\\r{i}', end='', flush=True)\n"
        "    sys.stderr.write(f'\\r{i}%')",
        LAST,
    ),
    "caught": (
        WORK.replace(
            "    return", "    try: 1 / 0\n    except ZeroDivisionError: pass\n    return"
        ),
        LAST,
    ),
    "plots": (
        WORK + "try:\n    import matplotlib.pyplot as plt\n    plt.plot([1, 2])\n"
        "except ImportError:\n    pass\n",
        LAST,
    ),
    "slow": (
        "import time\ntime.sleep(1)\n"
        + WORK.replace("    return", "    time.sleep(0.05)\n    return"),
        LAST,
    ),
    "own-class": (
        "class Square:\n    def __init__(self, side): self.side = side\n"
        "    def area(self): return self.side ** 2\n"
        + WORK
        + "def solve(n): return Square(n).area()",
        LAST,
    ),
    "callable-object": (
        WORK + "class S:\n    def __call__(self, n): return n * n\nsolve = S()",
        LAST,
    ),
    "bound-method": (
        WORK + "class S:\n    def f(self, n): return n * n\nsolve = S().f",
        LAST,
    ),
    "lambda": (WORK + "solve = lambda n: n ** 2", "last = list(map(lambda x: x + 1, range(3)))"),
    "partial": (
        WORK + "from functools import partial\nsolve = partial(lambda a, n: n ** a, 2)",
        LAST,
    ),
    "cached": (WORK + "from functools import lru_cache\nsolve = lru_cache(None)(solve)", LAST),
    "decorated": (
        "import functools\ndef loud(f):\n    @functools.wraps(f)\n    def g(*a, **k):\n"
        "        print('called', a); return f(*a, **k)\n    return g\n"
        + WORK.replace("def solve", "@loud\ndef solve"),
        LAST,
    ),
    "numpy-answers": (WORK + "def solve(n): return np.int64(n) ** 2", "last = [*np.arange(1, 4)]"),
    "recursion": (
        WORK
        + "def solve(n):\n    n = abs(n)\n    return 0 if n == 0 else solve(n - 1) + 2 * n - 1",
        LAST,
    ),
    "global-state": (
        WORK.replace("    return", "    global calls\n    calls += 1\n    return") + "calls = 0",
        LAST + "\nassert calls > 0",
    ),
    "generator": (
        "def squares():\n    k = 0\n    while True:\n        yield k * k; k += 1\n"
        "import itertools\n"
        + WORK.replace("return n * n", "return next(itertools.islice(squares(), abs(n), None))"),
        "last = [n for n in (k for k in (1, 2, 3))]",
    ),
    "magics": (
        "%precision 3\n%time x = 1\n" + WORK + "%timeit -n 1 -r 1 solve(2)",
        "%%time\n" + LAST,
    ),
    "shell": (
        WORK
        + "import subprocess\nprint(subprocess.run(['echo', 'hi'], capture_output=True))\n!echo hi",
        LAST,
    ),
    "scratch": (
        WORK + "import os, tempfile\nopen('scratch.txt', 'w').write('x')\n"
        "tempfile.NamedTemporaryFile().write(b'x')\nos.chdir(tempfile.mkdtemp())",
        LAST,
    ),
    "reads-data": (WORK, "last = pd.read_csv('numbers.csv')['n'].tolist()"),
    "much-output": (WORK + "for i in range(3000): print('line', i, 'x' * 50)", LAST),
    "unicode": (
        "größe = 42\nदेश = größe\n" + WORK.replace("42", "देश") + "print('λ → ∞ 🌍')",
        LAST,
    ),
    "typed": (
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    n: int\n"
        + WORK.replace("def solve(n):", "def solve(n: int) -> int | None:"),
        LAST,
    ),
    "async": (
        WORK
        + "import asyncio\nasync def f(): await asyncio.sleep(0); return 42\nanswer = await f()",
        LAST,
    ),
    "options": (
        "np.seterr(all='raise'); pd.set_option('display.max_rows', 3)\n"
        "import warnings; warnings.filterwarnings('error')\n" + WORK,
        LAST,
    ),
    "threads": (
        WORK + "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool: list(pool.map(solve, [1, 2]))",
        LAST,
    ),
    "shadowed": ("sum = 3; list = [1]; type = 'x'\n" + WORK, LAST),
    "reimported": ("import numpy\nfrom pandas import *\nimport pandas as pd\n" + WORK, LAST),
    "keyword": (WORK.replace("def solve(n)", "def solve(n, /, *, extra=None, **more)"), LAST),
    "error-at-the-end": (WORK + "1 / 0", LAST),
    "index-names": (
        WORK + "table = pd.DataFrame([(n, n * n) for n in [1, 2, 3]], columns=['n', 'square'])",
        LAST,
    ),
}
