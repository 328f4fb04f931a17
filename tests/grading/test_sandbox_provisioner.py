"""Jupyter's own tools, and stock nbgrader's, run notebooks in the sandbox by its kernel's name."""

from __future__ import annotations

import asyncio
import os
import time

import pytest
from jupyter_client.manager import AsyncKernelManager
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from safehaven.errors import CourseError
from safehaven.grading.sandbox import KERNEL_NAME, Limits, Sandbox, current, use
from safehaven.grading.sandbox.provisioner import SandboxProvisioner


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(notebook_seconds=120)) as started, use(started):
        yield started


def execute(cells, folder, **settings):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    preprocessor = Execute(kernel_name=KERNEL_NAME, **settings)
    done, _ = preprocessor.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return [cell.outputs for cell in done.cells]


@pytest.mark.usefixtures("sandbox")
class TestStockExecute:
    def test_runs_student_code_in_the_sandbox(self, tmp_path):
        (tmp_path / "numbers.csv").write_text("n\n1\n2\n")
        outputs = execute(
            [
                "import pandas as pd; pd.read_csv('numbers.csv')['n'].sum()",
                "import os, socket; print(os.getpid(), socket.gethostname(), os.getcwd())",
                f"print(os.path.exists({str(tmp_path)!r}))",
                "1 / 0",
            ],
            tmp_path,
        )
        assert outputs[0][0].data["text/plain"] == "np.int64(3)"
        assert outputs[1][0].text == "1 sandbox /submission/work\n"
        assert outputs[2][0].text == "False\n"
        assert outputs[3][0].ename == "ZeroDivisionError"

    def test_interrupts_a_cell_that_takes_too_long(self, tmp_path):
        outputs = execute(["while True: pass", "print('next')"], tmp_path, timeout=1)
        assert [output.ename for output in outputs[0]] == ["KeyboardInterrupt", "CellTimeoutError"]
        assert outputs[1][0].text == "next\n"

    def test_does_not_wait_for_a_kernel_to_shut_down(self, tmp_path):
        """Stock jupyter_client looks every 0.1 s, and gives a kernel 5 s to say good-bye."""
        start = time.monotonic()
        execute(["import atexit, time; atexit.register(time.sleep, 30)"], tmp_path)
        assert time.monotonic() - start < 5


@pytest.mark.usefixtures("sandbox")
class TestKernelManager:
    def test_starts_restarts_and_ends_a_kernel(self, tmp_path):
        async def work():
            manager = AsyncKernelManager(kernel_name=KERNEL_NAME)
            await manager.start_kernel(cwd=str(tmp_path))
            assert isinstance(manager.provisioner, SandboxProvisioner)
            first = manager.provisioner.kernel
            assert await manager.is_alive()
            await manager.restart_kernel()
            assert not first.alive
            assert await manager.is_alive()
            await asyncio.wait_for(manager.shutdown_kernel(), 10)
            assert not await manager.is_alive()
            assert not manager.has_kernel

        asyncio.run(work())

    def test_sees_a_kernel_die(self, tmp_path):
        async def work():
            manager = AsyncKernelManager(kernel_name=KERNEL_NAME)
            await manager.start_kernel(cwd=str(tmp_path))
            manager.provisioner.kernel.kill()
            assert await asyncio.wait_for(manager.provisioner.wait(), 10) == -9
            await manager.cleanup_resources()

        asyncio.run(work())


class TestCurrent:
    def test_is_the_innermost_that_is_in_use(self, sandbox):
        assert current() is sandbox
        with Sandbox(preload=(), contained=False) as inner:
            before = os.environ["JUPYTER_PATH"]
            with use(inner):
                assert current() is inner
                assert os.environ["JUPYTER_PATH"].startswith(str(inner.folder))
            assert os.environ["JUPYTER_PATH"] == before
        assert current() is sandbox


def test_without_a_sandbox_the_kernel_does_not_start(tmp_path, monkeypatch):
    """Never silently without: the name alone runs nothing."""
    monkeypatch.setattr("safehaven.grading.sandbox.active._active", [])

    async def work():
        manager = AsyncKernelManager(kernel_name=KERNEL_NAME)
        await manager.start_kernel(cwd=str(tmp_path))

    with Sandbox(preload=(), contained=False) as started:
        monkeypatch.setenv("JUPYTER_PATH", str(started.folder / "jupyter"))
        with pytest.raises(CourseError, match="only while a sandbox is open"):
            asyncio.run(work())
