"""Code that looks for secrets and prints them: name → (first task's cell, second task's cell).

`@COURSE@` stands for the course's folder: a spy knows where everything lies.
"""

from __future__ import annotations

_LOOK = r"""
WORDS = [b'QUAINT' + b'MARMOT', b'PRIVATE' + b'OCELOT', b'ENVIRON' + b'WALRUS',
         b'HOMELY' + b'BADGER']
def look(data, where):
    if isinstance(data, str):
        data = data.encode('utf-8', 'replace')
    for word in WORDS:
        if word in data:
            print('FOUND', word.decode(), 'in', where)
"""
_CALLED = "\ndef solve(n, *rest):\n    spy()\n    return 0\n"

SPIES: dict[str, tuple[str, str]] = {
    "course-files": (
        _LOOK
        + r"""
import os
for name in ('@COURSE@', '@COURSE@/..', '.', '..'):
    for folder, _, files in os.walk(name):
        for file in files[:200]:
            try:
                look(open(os.path.join(folder, file), 'rb').read(10**6), folder + file)
            except OSError:
                pass
for name in ('gradebook.db', 'source/attack/attack.ipynb', 'autograded', 'submitted/neighbour'):
    print(os.path.exists('@COURSE@/' + name))
    if os.path.exists('@COURSE@/' + name): print('FOUND', 'QUAINT' + 'MARMOT', name)
""",
        "",
    ),
    "whole-disk": (
        _LOOK
        + r"""
import os, time
end = time.monotonic() + 2
for top in ('/tmp', '/home', '/root', '/var/tmp', '/dev/shm', '/run', '/mnt', '/opt', '/etc'):
    for folder, _, files in os.walk(top):
        for file in files:
            path = os.path.join(folder, file)
            try:
                if os.path.getsize(path) < 10**6:
                    look(open(path, 'rb').read(), path)
            except OSError:
                pass
        if time.monotonic() > end: break
""",
        "",
    ),
    "environment": (
        _LOOK
        + r"""
import glob, os, subprocess
look(repr(dict(os.environ)), 'environ')
for name in glob.glob('/proc/*/environ') + glob.glob('/proc/*/cmdline'):
    try:
        look(open(name, 'rb').read(), name)
    except OSError:
        pass
look(subprocess.run('env; set; cat ~/.secret', shell=True, capture_output=True).stdout, 'shell')
""",
        "",
    ),
    "home": (
        _LOOK
        + r"""
import os, pwd
homes = ['@HOME@', os.path.expanduser('~'), *(entry.pw_dir for entry in pwd.getpwall())]
for home in homes:
    for name in ('.secret', '.bash_history', '.netrc', '.ssh/id_rsa'):
        try:
            look(open(os.path.join(home, name), 'rb').read(), home)
        except OSError:
            pass
""",
        "",
    ),
    "frames": (
        _LOOK
        + r"""
import sys, inspect
seen = []
def spy():
    frame = sys._getframe()
    while frame:
        seen.append(repr(frame.f_locals)[:10**5] + repr(frame.f_code.co_consts))
        frame = frame.f_back
    for f in inspect.stack(): seen.append(repr(f.code_context))
"""
        + _CALLED,
        "look(repr(seen), 'frames')",
    ),
    "gc": (
        r"""
import gc
seen = []
def spy():
    word = str.join('', ('QUAINT', 'MARMOT'))
    for o in gc.get_objects():
        if isinstance(o, (dict, list, tuple)) and o is not seen:
            for part in list(o.values() if isinstance(o, dict) else o):
                if type(part) is str and part is not word and word in part:
                    seen.append(part)
"""
        + _CALLED,
        "if seen: print('FOUND', seen)",
    ),
    "memory": (
        r"""
import re
seen = []
word = re.compile(b'QUAINT[M]ARMOT')
def spy():
    try:
        with open('/proc/self/mem', 'rb') as memory:
            for line in open('/proc/self/maps'):
                where, rights = line.split()[:2]
                if 'rw' in rights and '[v' not in line:
                    low, high = (int(x, 16) for x in where.split('-'))
                    memory.seek(low)
                    if word.search(memory.read(min(high - low, 4 * 10**7))): seen.append(where)
    except (OSError, OverflowError):
        pass
"""
        + _CALLED,
        "spy()\nif seen: print('FOUND', str.join('', ('QUAINT', 'MARMOT')), seen)",
    ),
    "history": (
        _LOOK,
        r"""
ip = get_ipython()
look(repr(In) + repr(_ih) + repr(_oh) + repr(ip.history_manager.input_hist_raw), 'history')
look(repr(list(ip.history_manager.get_range(raw=True))), 'database')
import linecache
look(repr(linecache.cache), 'linecache')
""",
    ),
    "stack-of-messages": (
        _LOOK
        + r"""
kernel = get_ipython().kernel
seen = []
for name, handler in list(kernel.shell_handlers.items()) + list(kernel.control_handlers.items()):
    def record(*a, handler=handler, **k):
        seen.append(repr(a)[:10**5])
        for part in a[2:3]:
            if isinstance(part, dict): seen.append(repr(part.get('buffers')))
        return handler(*a, **k)
    kernel.shell_handlers[name] = record
""",
        "look(repr(seen), 'messages')",
    ),
    "other-processes": (
        _LOOK
        + r"""
import glob, os, ctypes
libc = ctypes.CDLL(None, use_errno=True)
for place in glob.glob('/proc/[0-9]*'):
    pid = int(place.split('/')[2])
    if pid == os.getpid(): continue
    try:
        for part in ('cmdline', 'environ', 'maps'):
            look(open(f'{place}/{part}', 'rb').read(), place)
        for fd in glob.glob(place + '/fd/*') + [place + '/root/etc/hostname', place + '/cwd']:
            look(os.readlink(fd), fd)
        print(pid, libc.ptrace(16, pid, 0, 0), ctypes.get_errno())
        for folder, _, files in os.walk(place + '/root@COURSE@'):
            for file in files: look(open(os.path.join(folder, file), 'rb').read(), file)
    except OSError:
        pass
""",
        "",
    ),
    "network": (
        _LOOK
        + r"""
import socket
for where in [('127.0.0.1', @PORT@), ('10.0.2.2', 80), ('1.1.1.1', 53), ('::1', @PORT@)]:
    try:
        s = socket.create_connection(where, timeout=0.3)
        print('FOUND', 'ENVIRON' + 'WALRUS', s.recv(10))
    except OSError as error:
        print(error)
for name in ('\0safehaven', '\0attack-@PORT@'):
    try:
        s = socket.socket(socket.AF_UNIX); s.connect(name)
        print('FOUND', 'ENVIRON' + 'WALRUS', name)
    except OSError as error:
        print(error)
""",
        "",
    ),
    "file-descriptors": (
        _LOOK
        + r"""
import os
for fd in range(256):
    try:
        where = os.readlink(f'/proc/self/fd/{fd}')
        if os.path.isdir(f'/proc/self/fd/{fd}'):
            for up in ('.', '..', '../..', '../../..'):
                names = os.listdir(f'/proc/self/fd/{fd}/{up}')
                if 'gradebook.db' in names: print('FOUND', 'QUAINT' + 'MARMOT', where)
        elif os.path.isfile(f'/proc/self/fd/{fd}'):
            look(os.pread(fd, 10**6, 0), where)
    except OSError:
        pass
""",
        "",
    ),
    "escape": (
        _LOOK
        + r"""
import os, ctypes, subprocess
libc = ctypes.CDLL(None, use_errno=True)
print(libc.unshare(0x10000000), libc.unshare(0x00020000), ctypes.get_errno())
print(libc.mount(b'proc', b'/mnt', b'proc', 0, None), libc.umount2(b'/', 2))
for fd in range(3, 64):
    try: os.setns(fd, 0)
    except (OSError, AttributeError): pass
try:
    os.chroot('.'); [os.chdir('..') for _ in range(50)]; os.chroot('.')
except OSError as error:
    print(error)
for name in ('/dev/mem', '/dev/sda', '/dev/vda', '/proc/kcore', '/proc/sysrq-trigger'):
    try: open(name, 'rb').read(1); print('FOUND', 'QUAINT' + 'MARMOT', name)
    except OSError as error: print(error)
try: print(os.listdir('@COURSE@'), 'FOUND', 'QUAINT' + 'MARMOT')
except OSError as error: print(error)
print(subprocess.run('sudo -n id; su -c id', shell=True, capture_output=True, stdin=-3))
""",
        "",
    ),
    "files-of-the-run": (
        _LOOK,
        r"""
import pathlib, time
for place in ('.', '/tmp', '/dev/shm'):
    for path in pathlib.Path(place).rglob('*'):
        try: look(path.read_bytes(), path)
        except OSError: pass
for path in pathlib.Path('/').glob('*'):
    if path.name not in ('proc', 'sys', 'usr', 'lib', 'lib64', 'bin', 'sbin', 'dev'):
        for inner in list(path.glob('*'))[:100]:
            try: look(inner.read_bytes(), inner)
            except OSError: pass
""",
    ),
    "left-for-the-next": (
        _LOOK
        + r"""
import pathlib
for place in ('/tmp', '/dev/shm', '/var/tmp', '.', '/run', '/home'):
    p = pathlib.Path(place)
    try:
        (p / 'message-from-one-to-the-next').write_text('HOMELY' + 'BADGER')
    except OSError as error:
        print(error)
""",
        "",
    ),
}
