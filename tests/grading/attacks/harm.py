"""Code that exhausts something or will not end: name → what the first task's cell ends with.

Each is bounded, and begins only where the course's folder cannot be seen: a sandbox that holds
nothing must not cost the machine that runs the tests.
"""

from __future__ import annotations

_GUARD = "import os\nassert not os.path.exists('@COURSE@'), 'not in ' + 'a sandbox'\n"

_HARM: dict[str, str] = {
    "endless": "while True: pass",
    "endless-call": "def solve(n):\n    while True: pass",
    "interrupt-ignored": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
def solve(n):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    "slow-dunders": """
import time
class Slow:
    def __repr__(self): time.sleep(60)
    __del__ = __str__ = __hash__ = __repr__
    def __getattr__(self, name): time.sleep(60)
    def __reduce__(self): time.sleep(60)
    def __len__(self): time.sleep(60)
answer = Slow()
""",
    "fork-bomb": """
import time
for _ in range(300):
    try:
        if os.fork() == 0:
            time.sleep(30); os._exit(0)
    except OSError as error:
        print(error); break
""",
    "memory-bomb": "hold = []\nfor _ in range(40): hold.append(bytearray(b'x' * 10**8))",
    "disk": """
for place in ('.', '/tmp', '/dev/shm', '/var/tmp'):
    try:
        for number in range(12):
            with open(f'{place}/fill-{number}', 'wb') as f: f.write(b'x' * 10**8)
    except OSError as error:
        print(error)
""",
    "stdout-flood": "for _ in range(50_000): print('x' * 1000)",
    "raw-flood": "for _ in range(3000): os.write(1, b'y' * 100_000); os.write(2, b'z' * 100_000)",
    "display-flood": """
from IPython.display import HTML, display
for _ in range(3000): display(HTML('<b>' + 'x' * 20_000 + '</b>'))
""",
    "huge-answers": """
answer = 10 ** 5_000_000
table = pd.DataFrame(np.zeros((3_000, 3_000)))
def solve(n): return 'x' * 60_000_000
""",
    "endless-iterator": """
import itertools
answer = itertools.count()
table = itertools.repeat('x' * 100_000)
def solve(n): return itertools.count()
""",
    "deep-answers": """
answer = []
for _ in range(100_000): answer = [answer]
def solve(n): return answer
table = {}; table['self'] = table
""",
    "kill-all": """
import signal
for pid in range(2, 200):
    if pid != os.getpid():
        try: os.kill(pid, signal.SIGKILL)
        except OSError: pass
try: os.kill(-1, signal.SIGSTOP)
except OSError: pass
os.kill(os.getpid(), signal.SIGSTOP)
""",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "daemon": """
import subprocess, time
for _ in range(10):
    subprocess.Popen(['sh', '-c', 'trap "" INT TERM HUP; while :; do :; done & exec sleep 40'],
                     start_new_session=True)
""",
    "many-threads": """
import threading, time
for _ in range(500):
    try: threading.Thread(target=time.sleep, args=(30,)).start()
    except RuntimeError as error: print(error); break
""",
    "many-files": """
hold = []
try:
    for number in range(20_000): hold.append(open(f'f{number}', 'w'))
except OSError as error:
    print(error)
""",
    "asks-for-ever": "while True:\n    try: input('?')\n    except Exception: pass",
}
HARM = {name: _GUARD + code for name, code in _HARM.items()}
