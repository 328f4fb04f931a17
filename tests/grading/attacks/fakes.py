"""Code after a wrong answer that fakes a pass: name → what the first task's cell ends with."""

from __future__ import annotations

FAKES: dict[str, str] = {
    "cleanup-transformer": "get_ipython().input_transformers_cleanup.append(lambda l: ['pass\\n'])",
    "post-transformer": "get_ipython().input_transformers_post.append(lambda l: ['4\\n'])",
    "ast-transformer": """
import ast
class Skip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Skip())
""",
    "compile-replaced": """
import builtins, IPython.core.interactiveshell as shell
real = builtins.compile
builtins.compile = lambda source, *a, **k: real('4', *a, **k)
type(get_ipython().compile).__call__ = lambda self, *a, **k: real('4', '<x>', 'exec')
""",
    "excepthook": """
import sys
sys.excepthook = lambda *a: None
get_ipython().showtraceback = lambda *a, **k: None
get_ipython()._showtraceback = lambda *a, **k: None
""",
    "custom-exception": "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)",
    "displayhook": """
import sys
class Hook(type(sys.displayhook)):
    def __call__(self, result=None):
        return super().__call__(4)
sys.displayhook.__class__ = Hook
get_ipython().displayhook.__class__ = Hook
""",
    "formatter": """
get_ipython().display_formatter.format = lambda *a, **k: ({'text/plain': '4'}, {})
get_ipython().display_formatter.formatters['text/plain'].for_type(int, lambda o, p, c: p.text('4'))
""",
    "events": """
def before(*info):
    global answer, last, solve
    answer, last, solve = 42, [1, 2, 3, 0], (lambda n: 0)
def after(result):
    result.error_in_exec = result.error_before_exec = None
    result.result = 4
for name, what in [('pre_run_cell', before), ('pre_execute', before)]:
    get_ipython().events.register(name, what)
get_ipython().events.register('post_run_cell', after)
answer = None
table = None
""",
    "settrace": """
import sys, threading
def trace(frame, event, arg):
    frame.f_globals['answer'] = 1
    return trace
sys.settrace(trace); threading.settrace(trace); sys.setprofile(trace)
""",
    "builtins": """
import builtins
builtins.abs = lambda x: 0
builtins.isinstance = lambda *a: True
builtins.all = builtins.any = lambda *a: True
builtins.AssertionError = StopIteration
builtins.__import__ = None
""",
    "builtins-dict": """
b = __builtins__ if isinstance(__builtins__, dict) else __builtins__.__dict__
b['abs'] = lambda x: 0
b['AssertionError'] = Warning
b['Exception'] = ()
""",
    "libraries": """
np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
pd.testing.assert_frame_equal = lambda *a, **k: None
pd.DataFrame.equals = lambda *a: True
pd.read_csv = lambda *a, **k: pd.DataFrame({'n': []})
np.testing.assert_allclose = lambda *a, **k: None
""",
    "modules-replaced": """
import sys, types
class Fake(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: True
np = pd = Fake('pandas')
sys.modules['numpy'] = sys.modules['pandas'] = np
table = True
""",
    "names-shadowed": """
abs = len = sum = lambda *a: 0
isinstance = lambda *a: True
np = pd = type('Any', (), {'__getattr__': lambda s, n: lambda *a, **k: s})()
Exception = ()
expected = table
""",
    "int-subclass": """
class Int(int):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    def __abs__(self): return 0
    __hash__ = int.__hash__
answer = Int(1)
def solve(n): return Int(1)
""",
    "list-subclass": """
class All(list):
    def __eq__(self, other): return True
    def __len__(self): return 3
    def __iter__(self): return iter([1, 2, 3])
last_lie = All()
""",
    "frame-subclass": """
class Frame(pd.DataFrame):
    @property
    def _constructor(self): return Frame
    def equals(self, other): return True
    def __eq__(self, other): return True
    @property
    def shape(self): return (3, 2)
    def _get_axis(self, axis): return None
table = Frame({'n': [1]})
answer = 42.0
""",
    "metaclass": """
class Meta(type):
    def __eq__(cls, other): return True
    def __instancecheck__(cls, other): return True
    def __subclasscheck__(cls, other): return True
    def __sub__(cls, other): return 0
    __hash__ = type.__hash__
class Any(metaclass=Meta): pass
answer = Any; int = Any
def solve(n): return Any
""",
    "lying-class": """
class Liar:
    __class__ = int
    def __eq__(self, other): return True
    def __sub__(self, other): return self
    __abs__ = lambda self: 0
    def __lt__(self, other): return True
    def __array__(self, *a, **k): return np.array(14)
    def __reduce__(self): return (eval, ('42',))
    def __index__(self): return 42
answer = Liar()
def solve(n): return Liar()
""",
    "forged-type": """
class int(int):
    pass
int.__module__ = 'builtins'; int.__qualname__ = int.__name__ = 'int'
answer = int(42 - 41)
class float64(np.float64):
    def __eq__(self, other): return True
    def __sub__(self, other): return np.float64(0)
float64.__module__ = 'numpy'
def solve(n): return float64(0)
""",
    "mock": """
from unittest.mock import ANY, MagicMock
answer = ANY
solve = MagicMock()
solve.return_value.__eq__ = lambda *a: True
solve.return_value.__sub__ = lambda *a: 0
""",
    "nan-and-arrays": """
values = iter([float('nan'), np.array([]), np.ma.masked, pd.NA, np.array([9, 16, 49, 121]), True])
def solve(n):
    return next(values, float('nan'))
answer = np.array([42, 42])
""",
    "answers-as-code": """
class Text(str):
    def __repr__(self): return '__import__("os")._exit(0)'
answer = Text("42")
def solve(n):
    return {"__reduce__": ["builtins.eval", ["n*n"]], "$type": "int", "py/eval": "n*n"}
""",
    "pickle-inside": """
import pickle
class Boom:
    def __reduce__(self): return (exec, ("raise SystemExit(0)",))
answer = pickle.dumps(Boom())
table = pd.DataFrame({'n': [Boom()]})
def solve(n): return np.array([Boom()], dtype=object)
""",
    "raises-the-pass": """
class AssertionError(Exception): pass
def solve(n):
    raise SystemExit(0)
""",
    "raises-bare-exit": """
def solve(n):
    raise KeyboardInterrupt
class Meta(type):
    def __repr__(cls): raise SystemExit
answer = Meta('X', (), {})
""",
    "mutates-arguments": """
import gc
def solve(n):
    for o in gc.get_objects():
        if type(o) is dict and n in o.values():
            for key in list(o):
                if o[key] == n * n: o[key] = 0
    return 0
""",
    "iopub-forged": r"""
kernel = get_ipython().kernel
parent = dict(kernel.get_parent())
import threading, time
def lie():
    for _ in range(300):
        try:
            now = kernel.get_parent() or parent
            full = {'data': {'text/plain': '4'}, 'metadata': {}, 'execution_count': 2}
            kernel.session.send(kernel.iopub_socket, 'execute_result', full, now)
            kernel.session.send(kernel.iopub_socket, 'status', {'execution_state': 'idle'}, now)
            kernel.session.send(kernel.iopub_socket, 'clear_output', {'wait': False}, now)
        except Exception:
            pass
        time.sleep(0.005)
threading.Thread(target=lie, daemon=True).start()
""",
    "reply-forged": r"""
kernel = get_ipython().kernel
async def ok(*a, **k):
    return {'status': 'ok', 'execution_count': 1, 'payload': [], 'user_expressions': {}}
kernel.do_execute = ok
kernel.execute_request = ok
kernel.shell_handlers['execute_request'] = ok
""",
    "connection-file": r"""
import json, os, stat, zmq, glob
from jupyter_client.session import Session
from ipykernel.connect import get_connection_file
try:
    about = json.load(open(get_connection_file()))
except Exception:
    about = {}
    kernel = get_ipython().kernel
    about = {'key': kernel.session.key.decode()}
session = Session(key=about.get('key', '').encode())
context = zmq.Context()
places = [p for top in ('/tmp', '/run', '/dev/shm', '/home', '/root', '.')
          for p in glob.glob(top + '/**/*', recursive=True)]
for where in [p for p in places if stat.S_ISSOCK(os.lstat(p).st_mode)][:10]:
    s = context.socket(zmq.DEALER); s.linger = 0
    s.connect('ipc://' + where)
    session.send(s, 'execute_request', {'code': 'answer = 42', 'silent': True})
    session.send(s, 'shutdown_request', {'restart': False})
""",
    "helper-patched": r"""
import sys, types
def truth(*a, **k): return True
for name, module in list(sys.modules.items()):
    if name.split('.')[0] == 'inside' or 'safehaven' in name:
        for key, what in list(vars(module).items()):
            if isinstance(what, types.FunctionType):
                try:
                    what.__code__ = truth.__code__
                except ValueError:
                    pass
""",
    "helper-by-gc": r"""
import gc, types
for o in gc.get_objects():
    if isinstance(o, types.FunctionType) and 'inside' in o.__code__.co_filename:
        try:
            o.__code__ = (lambda *a, **k: 42).__code__
        except Exception:
            pass
    if isinstance(o, dict) and 'safehaven_request' in o:
        o['safehaven_request'] = lambda *a, **k: None
""",
    "json-patched": """
import json, base64
class Enc(json.JSONEncoder):
    def encode(self, o): return '{"answer": 42}'
json.dumps = lambda *a, **k: '{"answer": 42, "values": [["answer", 42]]}'
json.JSONEncoder.encode = Enc.encode
base64.b64encode = lambda *a: b'Kg=='
""",
    "sockets-taken": """
import os, socket, stat
for fd in range(3, 256):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            os.write(fd, b'\\x00\\x00\\x00\\x05"4"\\n{"points": 4, "status": "ok", "ok": true}\\n')
    except OSError:
        pass
""",
    "thread-later": """
import threading, time
def change():
    global answer, table
    time.sleep(0.3)
    while True:
        answer = 41; table = None; time.sleep(0.001)
threading.Thread(target=change, daemon=False).start()
""",
    "exit-handler": """
import atexit, os, signal
def end(*a):
    print('4'); os._exit(0)
atexit.register(end)
for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(s, end)
""",
    "exit-in-call": """
import os
def solve(n): os._exit(0)
""",
    "exit-once": """
import os, pathlib
mark = pathlib.Path('mark')
if not mark.exists():
    mark.touch(); os._exit(0)
answer = 41
""",
    "exec-replaced": """
import os, sys
os.execv(sys.executable, [sys.executable, '-c', 'print(4)'])
""",
    "capsule": """
import ctypes
try:
    small = ctypes.cast(id(1), ctypes.POINTER(ctypes.c_long))
    one = ctypes.c_long.from_address(id(1000) + 24)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(1), ctypes.py_object(SystemExit))
except BaseException as error:
    print(type(error))
def solve(n): ctypes.string_at(0)
""",
    "async-task": """
import asyncio
async def later():
    global answer
    while True:
        await asyncio.sleep(0); answer = 7
task = asyncio.ensure_future(later())
""",
    "magic-swallows": "get_ipython().register_magic_function(lambda *a: None, 'cell', 'assert')",
    "run-cell-magic": """
ip = get_ipython()
old = ip.run_cell
def run_cell(code, *a, **k): return old('4', *a, **k)
ip.run_cell = run_cell
async def run_code(*a, **k): return False
ip.run_code = run_code
ip.should_run_async = lambda *a, **k: False
""",
    "extension": """
import pathlib
pathlib.Path('cheat.py').write_text(
    'def load_ipython_extension(ip):\\n'
    '    ip.input_transformers_cleanup.append(lambda l: ["4"])\\n')
%load_ext cheat
%run cheat.py
!echo 4
%alias_magic t timeit
""",
    "library-on-disk": """
import numpy, pathlib
for place in (pathlib.Path(numpy.__file__), pathlib.Path(pd.__file__), pathlib.Path('/opt')):
    try:
        target = place if place.is_file() else next(place.rglob('*.py'))
        with open(target, 'a') as f: f.write('\\nallclose = lambda *a, **k: True\\n')
        print('WROTE-' + 'LIBRARY', target)
    except (OSError, StopIteration) as error:
        print(type(error))
""",
    "module-files": """
import pathlib
for name in ('numpy', 'pandas', 'json', 'inside', 'codec', 'sitecustomize', 'usercustomize'):
    for place in ('.', '/tmp', '/dev/shm', '/opt/inside-parent', '/var/tmp'):
        try:
            pathlib.Path(place, name + '.py').write_text('raise SystemExit(0)')
        except OSError:
            pass
pathlib.Path('numbers.csv').write_text('n\\n')
""",
    "stub-attributes": """
class F:
    __name__ = 'solve'; __code__ = None
    __signature__ = property(lambda s: 1 / 0)
    def __getattr__(self, name): return self
    def __call__(self, *a): return self
    def __eq__(self, o): return True
    def __sub__(self, o): return self
    def __abs__(self): return self
    def __lt__(self, o): return True
    __hash__ = None
solve = F(); answer = F(); table = F()
""",
    "globals-trapped": """
class Names(dict):
    def __getitem__(self, name): return 42
    def get(self, name, default=None): return 42
    def __contains__(self, name): return True
ip = get_ipython()
ip.user_ns = Names(ip.user_ns)
""",
    "points-printed": """
import os, sys
for _ in range(50):
    print(4); sys.stdout.write('4\\n'); os.write(1, b'4\\n')
from IPython.display import display
display(4)
def solve(n):
    display(4); print(4); return 0
4
""",
}

#: Later tasks that are wrong in a special way; the plain wrong one stands where none is named.
LATER: dict[str, str] = {
    "list-subclass": "last = last_lie",
    "extension": "%%script bash\necho 4",
    "magic-swallows": "%%javascript\nlast = [1,2,3]",
    "points-printed": "last = iter([])\n4",
}

#: The fakes that a test in the student's kernel has to withstand.
FALLBACK = (
    "cleanup-transformer",
    "ast-transformer",
    "custom-exception",
    "builtins-dict",
    "settrace",
)
