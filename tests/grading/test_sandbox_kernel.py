"""Kernels forked in the sandbox: real, clean, separate, interruptible, and gone when ended."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import pickle
import signal
import tempfile
import time
from pathlib import Path

import pytest
from jupyter_client.asynchronous import AsyncKernelClient

from safehaven.errors import CourseError
from safehaven.grading.sandbox import (
    ForkedKernel,
    Limits,
    Sandbox,
    SandboxError,
    TooLargeError,
    bubblewrap,
)

LIMITS = Limits(notebook_seconds=120, disk_bytes=8 * 2**20)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITS) as started:
        yield started


@pytest.fixture(scope="module")
def open_sandbox():
    """The same fork server, without a sandbox around it."""
    with Sandbox(LIMITS, contained=False) as started:
        yield started


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    return folder


def run(kernel: ForkedKernel, *cells: str, interrupt_after: float = 0) -> list[str]:
    """What each cell prints, or the name of its error; "dead" where it ends the kernel."""
    return asyncio.run(_run(kernel, cells, interrupt_after))


async def _run(kernel, cells, interrupt_after):
    client = AsyncKernelClient()
    client.load_connection_info(kernel.connection_info)
    client.start_channels(hb=False)
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(kernel.fileno(), ended.set)
    said = []
    # What is printed before the channel for outputs is connected would be lost.
    while kernel.alive and not await client.iopub_channel.socket.poll(100):
        client.kernel_info()
    try:
        for cell in cells:
            output = []

            def take(message, output=output):
                content = message["content"]
                output.append(content.get("text", "") or content.get("ename", ""))

            reply = asyncio.create_task(
                client.execute_interactive(cell, output_hook=take, timeout=30)
            )
            if interrupt_after:
                loop.call_later(interrupt_after, kernel.interrupt)
            death = asyncio.create_task(ended.wait())
            await asyncio.wait({reply, death}, return_when=asyncio.FIRST_COMPLETED)
            if reply.done():
                said.append("".join(output).strip())
            else:
                said.append("dead")
            for task in (reply, death):
                task.cancel()
    finally:
        loop.remove_reader(kernel.fileno())
        client.stop_channels()
    return said


def values(kernel: ForkedKernel, *expressions: str) -> list[object]:
    code = f"import json; print(json.dumps([{', '.join(expressions)}]))"
    return json.loads(run(kernel, code)[0])


def processes_named(mark: str) -> list[int]:
    """Processes of the machine whose command line holds a mark."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and folder.name != str(os.getpid()):
            try:
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if mark.encode() in line.split(b"\0"):
                found.append(int(folder.name))
    return found


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class TestKernel:
    def test_is_a_real_kernel_with_the_packages_loaded(self, sandbox, files):
        with sandbox.fork_kernel(files) as kernel:
            said = run(
                kernel,
                "import sys; print('pandas' in sys.modules, get_ipython().__class__.__name__)",
                "1 / 0",
                "import pandas as pd; print(pd.DataFrame({'a': [1, 2]})['a'].sum())",
                "!echo from a shell",
                "%timeit -n1 -r1 pass",
            )
        assert said[:4] == ["True ZMQInteractiveShell", "ZeroDivisionError", "3", "from a shell"]
        assert "per loop" in said[4]
        assert {"numpy", "pandas", "networkx"} <= set(sandbox.loaded)

    def test_draws_figures(self, sandbox, files):
        pytest.importorskip("matplotlib")
        code = (
            "import matplotlib.pyplot as plt\n"
            "from IPython.utils.capture import capture_output\n"
            "with capture_output() as held:\n"
            "    plt.plot([1, 2]); plt.show()\n"
            "print(sorted(held.outputs[0].data))"
        )
        with sandbox.fork_kernel(files) as kernel:
            assert "image/png" in run(kernel, code)[0]

    def test_gets_a_copy_of_the_files(self, sandbox, files):
        (files / "data" / "empty").mkdir(parents=True)
        (files / "data" / "table.csv").write_bytes(b"a,b\r\n\x00\xff")
        (files / "same").symlink_to("data/table.csv")
        (files / "elsewhere").symlink_to("/etc/passwd")
        os.mkfifo(files / "pipe")
        with sandbox.fork_kernel(files) as kernel:
            found = values(
                kernel,
                "open('data/table.csv', 'rb').read().hex()",
                "open('same', 'rb').read().hex()",
                "sorted(__import__('os').listdir('.'))",
                "sorted(__import__('os').listdir('data'))",
                "open('data/table.csv', 'w').write('changed')",
            )
        assert found[0] == found[1] == b"a,b\r\n\x00\xff".hex()
        assert found[2:4] == [["data", "same"], ["empty", "table.csv"]]
        assert (files / "data" / "table.csv").read_bytes() == b"a,b\r\n\x00\xff"

    def test_files_larger_than_its_disk_are_refused(self, sandbox, files):
        with (files / "large").open("wb") as file:
            file.truncate(LIMITS.disk_bytes + 1)
        with pytest.raises(TooLargeError, match="KiB"):
            sandbox.fork_kernel(files)

    def test_gets_as_many_small_files_as_fit(self, sandbox, files):
        for number in range(1500):
            (files / f"file{number}").touch()
        with sandbox.fork_kernel(files) as kernel:
            assert values(kernel, "len(__import__('os').listdir('.'))") == [1500]

    def test_is_the_user_student_in_a_machine_of_its_own(self, sandbox, files):
        with sandbox.fork_kernel(files) as kernel:
            found = values(
                kernel,
                "__import__('os').getcwd()",
                "__import__('getpass').getuser()",
                "__import__('socket').gethostname()",
                "__import__('os').getpid()",
                "sorted(__import__('os').environ)",
                "__import__('threading').active_count() < 12",
            )
        assert found[:4] == ["/submission/work", "student", "sandbox", 1]
        assert set(found[4]) - {"PATH", "HOME", "USER", "LANG", "LC_ALL"} <= {
            *("MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
            *("MPLBACKEND", "MPLCONFIGDIR", "PYTHONHASHSEED", "PWD", "LC_CTYPE"),
            # What ipykernel sets for the programs that a notebook starts.
            *("CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GIT_PAGER", "PAGER", "TERM"),
            *("PYDEVD_USE_FRAME_EVAL", "JPY_SESSION_NAME"),
        }
        assert found[5]

    def test_holds_no_file_descriptor_of_the_fork_server(self, sandbox, files):
        code = (
            "import os\n"
            "for n in os.listdir('/proc/self/fd'):\n"
            "    try: print(os.readlink(f'/proc/self/fd/{n}').split(':')[0].split('/')[-1])\n"
            "    except OSError: pass"
        )
        with sandbox.fork_kernel(files) as kernel:
            kinds = set(run(kernel, code)[0].split())
        assert kinds <= {"socket", "pipe", "anon_inode", "null", "fd", "urandom"}

    def test_forks_draw_different_random_numbers(self, sandbox, files):
        drawn = set()
        for _ in range(2):
            with sandbox.fork_kernel(files) as kernel:
                drawn.add(
                    tuple(
                        values(
                            kernel,
                            "__import__('random').random()",
                            "__import__('numpy').random.random()",
                        )
                    )
                )
        first, second = drawn
        assert first[0] != second[0]
        assert first[1] != second[1]

    def test_kernels_run_side_by_side_and_see_nothing_of_each_other(self, sandbox, files):
        with sandbox.fork_kernel(files) as one, sandbox.fork_kernel(files) as two:
            write = "open('/tmp/a', 'w').write('x'); open('/dev/shm/a', 'w').write('x')"
            assert run(one, f"{write}; print('written')") == ["written"]
            look = "import os; print(os.listdir('/tmp'), os.listdir('/dev/shm'))"
            assert run(two, look) == ["[] []"]
            seen = "import os; print([n for n in os.listdir('/proc') if n.isdecimal()])"
            assert run(two, seen) == ["['1']"]

    def test_talks_to_itself_over_its_own_network(self, sandbox, files):
        code = (
            "import socket\n"
            "server = socket.create_server(('127.0.0.1', 0))\n"
            "line = socket.create_connection(server.getsockname(), 2)\n"
            "print('connected')"
        )
        with sandbox.fork_kernel(files) as kernel:
            assert run(kernel, code) == ["connected"]

    def test_is_ready_soon(self, sandbox, files):
        """A guard against a start that got ten times slower, not a benchmark."""
        with sandbox.fork_kernel(files) as kernel:
            run(kernel, "pass")
            kernel.kill()
            assert kernel.end().cpu_seconds < 0.5


class TestInterrupt:
    @pytest.mark.parametrize(
        "code",
        [
            "while True: pass",
            "import time; time.sleep(60)",
            "import os; os.system('sleep 60'); import time; time.sleep(1)",
            "import subprocess; subprocess.run(['sleep', '60'])",
        ],
    )
    def test_ends_the_cell_and_not_the_kernel(self, sandbox, files, code):
        with sandbox.fork_kernel(files) as kernel:
            run(kernel, "pass")
            start = time.monotonic()
            assert run(kernel, code, interrupt_after=0.3)[0] in ("KeyboardInterrupt", "")
            assert time.monotonic() - start < 10
            assert run(kernel, "print('alive')") == ["alive"]

    def test_of_one_kernel_leaves_the_other_alone(self, sandbox, files):
        with sandbox.fork_kernel(files) as one, sandbox.fork_kernel(files) as two:
            run(one, "pass")
            one.interrupt()
            assert run(two, "import time; time.sleep(0.5); print('through')") == ["through"]


class TestEnd:
    @pytest.mark.parametrize(
        ("code", "status"),
        [
            ("import os; os._exit(3)", 3),
            ("import os; os.abort()", -signal.SIGSEGV),
            ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
            ("quit()", 0),
        ],
    )
    def test_of_a_kernel_by_its_own_hand(self, sandbox, files, code, status):
        with sandbox.fork_kernel(files) as kernel:
            run(kernel, code)
            assert kernel.wait(10)
            assert kernel.end().status == status
            assert not kernel.alive

    @pytest.mark.parametrize("kind", ["sandbox", "open_sandbox"])
    def test_takes_along_everything_that_was_started(self, request, files, kind):
        mark = f"31415.{os.getpid()}"
        code = (
            "import subprocess\n"
            f"subprocess.Popen(['sleep', '{mark}'])\n"
            f"subprocess.Popen(['setsid', 'sleep', '{mark}'])\n"
            f"subprocess.run('(setsid sleep {mark} &)', shell=True)\n"
        )
        with request.getfixturevalue(kind).fork_kernel(files) as kernel:
            run(kernel, code)
            wait_until(lambda: len(processes_named(mark)) == 3)
            kernel.kill()
            assert kernel.end().status == -signal.SIGKILL
            wait_until(lambda: not processes_named(mark))

    def test_over_memory_is_reported(self, files):
        limits = Limits(memory_bytes=128 * 2**20, notebook_seconds=60)
        code = (
            "import os, time\n"
            "for _ in range(4):\n"
            "    if os.fork() == 0: held = bytearray(100 * 2**20); time.sleep(60)\n"
            "time.sleep(60)"
        )
        with Sandbox(limits, preload=()) as small, small.fork_kernel(files) as kernel:
            assert run(kernel, "held = bytearray(256 * 2**20)") == ["MemoryError"]
            assert run(kernel, code) == ["dead"]
            end = kernel.end()
        assert end.reason == "memory"
        assert end.peak_bytes > limits.memory_bytes

    def test_of_the_process_that_asked_for_a_kernel_ends_the_kernel(self, sandbox, files):
        """A grading process that is killed leaves no student's kernel behind."""
        mark = f"27182.{os.getpid()}"
        context = multiprocessing.get_context("fork")
        worker = context.Process(target=_start_and_hang, args=(sandbox, files, mark))
        worker.start()
        wait_until(lambda: processes_named(mark))
        worker.kill()
        worker.join()
        wait_until(lambda: not processes_named(mark))

    def test_of_the_fork_server_ends_its_kernels_and_is_said(self, files):
        before = set(_children())
        with Sandbox(LIMITS, preload=()) as lost, lost.fork_kernel(files) as kernel:
            kernel.wait_ready()
            for pid in set(_children()) - before:
                os.kill(pid, signal.SIGKILL)
            assert kernel.wait(10)
            assert kernel.end().reason == "the sandbox ended"
            with pytest.raises(SandboxError, match="ended"):
                lost.fork_kernel(files)


def _children() -> list[int]:
    tasks = Path("/proc/self/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


def _start_and_hang(sandbox: Sandbox, files: Path, mark: str) -> None:
    kernel = sandbox.fork_kernel(files)
    run(kernel, f"import subprocess; subprocess.Popen(['sleep', '{mark}'])")
    time.sleep(60)


class TestSandbox:
    def test_serves_processes_forked_from_its_own(self, sandbox, files):
        context = multiprocessing.get_context("fork")
        answers = context.SimpleQueue()
        workers = [
            context.Process(target=_ask, args=(sandbox, files, number, answers))
            for number in range(3)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
        assert sorted(answers.get() for _ in range(9)) == sorted(
            f"{number} {turn}" for number in range(3) for turn in range(3)
        )

    def test_cannot_be_sent_to_another_process(self, sandbox):
        with pytest.raises(TypeError, match="settings"):
            pickle.dumps(sandbox)

    def test_has_to_be_started(self, files):
        with pytest.raises(RuntimeError, match="not started"):
            Sandbox().fork_kernel(files)

    def test_leaves_nothing_behind(self, files):
        with Sandbox(LIMITS, preload=()) as short, short.fork_kernel(files) as kernel:
            kernel.wait_ready()
            folder = short.folder
            assert folder.is_dir()
        assert not folder.exists()
        assert not kernel.alive
        assert kernel.end().status == -signal.SIGKILL

    def test_without_bubblewrap_says_what_to_do(self, monkeypatch):
        monkeypatch.setenv("PATH", "/nonexistent")
        with pytest.raises(CourseError, match="bubblewrap") as caught:
            Sandbox().start()
        assert "apt-get install bubblewrap" in caught.value.remedy
        assert "--no-sandbox" in caught.value.remedy

    def test_where_namespaces_are_forbidden_says_what_to_do(self, monkeypatch, tmp_path):
        forbidden = tmp_path / "bwrap"
        message = "bwrap: No permissions to create a new namespace"
        forbidden.write_text(f"#!/bin/sh\necho '{message}' >&2; exit 1\n")
        forbidden.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(CourseError, match="No permissions") as caught:
            Sandbox().start()
        assert "--no-sandbox" in caught.value.remedy

    # Python may lie in /tmp, which each submission has for itself, too.
    @pytest.mark.parametrize("place", ["/var/tmp", "/tmp"])
    def test_shows_what_it_is_told_to(self, files, place):
        with tempfile.TemporaryDirectory(prefix="shown to ", dir=place) as folder:
            Path(folder).chmod(0o755)
            shown, hidden = Path(folder, "in it", "shown"), Path(folder, "hidden")
            shown.mkdir(parents=True)
            (shown / "note").write_text("seen")
            hidden.write_text("unseen")
            with (
                Sandbox(LIMITS, preload=(), read_only=(shown, shown / "note")) as wide,
                wide.fork_kernel(files) as kernel,
            ):
                said = run(
                    kernel,
                    f"print(open('{shown}/note').read())",
                    f"open('{shown}/note', 'w')",
                    f"open('{hidden}')",
                    f"print(__import__('os').listdir('{folder}'))",
                    "print(open('/tmp/own', 'w').write('1'))",
                )
        assert said == ["seen", "OSError", "FileNotFoundError", "['in it']", "1"]

    def test_refuses_to_show_what_each_submission_has_for_itself(self):
        with pytest.raises(CourseError, match="its own files"):
            Sandbox(read_only=(bubblewrap.HOME,)).start()


def _ask(sandbox: Sandbox, files: Path, number: int, answers) -> None:
    for turn in range(3):
        with sandbox.fork_kernel(files) as kernel:
            answers.put(run(kernel, f"print({number}, {turn})")[0])
