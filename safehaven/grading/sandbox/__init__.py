"""A place for submissions to run in, with nothing of the machine but Python and a processor."""

from safehaven.grading.sandbox.active import current, use
from safehaven.grading.sandbox.child import Child, ChildSocket, End, ForkedKernel, SandboxError
from safehaven.grading.sandbox.job import TooLargeError
from safehaven.grading.sandbox.limits import Limits
from safehaven.grading.sandbox.probes import NOT_CONTAINED, Probe, check
from safehaven.grading.sandbox.server import Sandbox
from safehaven.grading.sandbox.specification import KERNEL_NAME

__all__ = [
    "KERNEL_NAME",
    "NOT_CONTAINED",
    "Child",
    "ChildSocket",
    "End",
    "ForkedKernel",
    "Limits",
    "Probe",
    "Sandbox",
    "SandboxError",
    "TooLargeError",
    "check",
    "current",
    "use",
]
