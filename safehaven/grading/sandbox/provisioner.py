"""Gives Jupyter kernels in the sandbox, under the name of a kernel specification."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from safehaven.grading.sandbox.active import current
from safehaven.grading.sandbox.child import ForkedKernel


class SandboxProvisioner(KernelProvisionerBase):
    """Forks a kernel in this process's sandbox, with a copy of the working folder."""

    kernel: ForkedKernel | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not yet taken leave of."""
        return self.kernel is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """There is no command: the kernel is forked."""
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ARG002
        """Fork a kernel; its files are a copy of the folder `cwd`."""
        self.kernel = current().fork_kernel(Path(kwargs.get("cwd") or Path.cwd()))
        self.kernel.wait_ready()
        self.connection_info = cast(KernelConnectionInfo, self.kernel.connection_info)
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs, else its exit status."""
        if self.kernel is None:
            return 0
        return None if self.kernel.alive else self.kernel.end().status

    async def wait(self) -> int | None:
        """Wait until the kernel has ended; its exit status."""
        if self.kernel is None:
            return 0
        kernel = self.kernel
        await _ended(kernel)
        status = kernel.end().status
        kernel.close()
        self.kernel = None
        return status

    async def send_signal(self, signum: int) -> None:
        """Interrupt the kernel; any other signal ends it, with all that it started."""
        if self.kernel:
            if signum == signal.SIGINT:
                self.kernel.interrupt()
            elif signum != 0:
                self.kernel.kill()

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002
        """End the kernel at once."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002
        """End the kernel at once: nothing that it would still save is kept."""
        await self.send_signal(signal.SIGKILL)

    async def shutdown_requested(self, restart: bool = False) -> None:  # noqa: ARG002
        """End the kernel at once, so that nobody waits for it to end by itself."""
        await self.send_signal(signal.SIGKILL)
        if self.kernel:
            await _ended(self.kernel)

    async def cleanup(self, restart: bool = False) -> None:  # noqa: ARG002
        """Let go of the kernel and its sockets."""
        if self.kernel:
            self.kernel.close()
            self.kernel = None


async def _ended(kernel: ForkedKernel) -> None:
    """Wait for a kernel's end without a timer."""
    if not kernel.alive:
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(kernel.fileno(), ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(kernel.fileno())
