"""The bubblewrap command that the fork server runs in: which files it sees, and nothing else."""

from __future__ import annotations

import shutil
import site
import sys
from collections.abc import Iterable
from pathlib import Path

from safehaven.errors import CourseError

#: The folder that holds the package `inside`, as the sandbox sees it.
INSIDE = Path("/opt/inside-parent")
HOME = Path("/submission")
TEMPORARY = Path("/tmp")
#: What a submission has for itself: nothing of the machine can be shown there. In its /tmp there
#: can, since `inside.isolate` takes along what is mounted below it.
OWN = (HOME, Path("/dev"), Path("/proc"), Path("/run"))
#: The user that a child is, and the users and groups there are.
STUDENT = 1000
ONE_USER = ["--uid", str(STUDENT), "--gid", str(STUDENT)]
NAMES = {
    "passwd": f"root:x:0:0::/:/bin/sh\nstudent:x:{STUDENT}:{STUDENT}::{HOME}:/bin/sh\n",
    "group": f"root:x:0:\nstudent:x:{STUDENT}:\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
}
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = tuple(
    f"/etc/{name}"
    for name in ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_EMPTY = ("/dev/shm", "/dev/pts", "/run/stage", str(HOME))
_LINKS = {"/dev/ptmx": "pts/ptmx", "/dev/fd": "/proc/self/fd", "/dev/stdin": "/proc/self/fd/0"}
_LINKS |= {"/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2"}

_WITHOUT = "grade with --no-sandbox: submissions then run as you, with everything that you may do"
REMEDY = (
    "Bubblewrap needs user namespaces: allow them (on Ubuntu 'sysctl -w "
    "kernel.apparmor_restrict_unprivileged_userns=0', in a container '--cap-add SYS_ADMIN "
    f"--security-opt seccomp=unconfined'), or {_WITHOUT}."
)


def program() -> str:
    """Path of bubblewrap.

    Raises:
        CourseError: it is not installed.
    """
    found = shutil.which("bwrap")
    if found is None:
        raise CourseError(
            "The sandbox needs bubblewrap, which is not installed.",
            file="bwrap",
            remedy="Install it with 'apt-get install bubblewrap' (Debian, Ubuntu) or "
            f"'dnf install bubblewrap', or {_WITHOUT}.",
        )
    return found


def environment() -> dict[str, str]:
    """The whole environment of what runs in the sandbox, the same on every machine.

    One thread a process for the libraries of linear algebra: several kernels share a core. The
    hash seed is fixed, so that a submission prints its sets in the same order each time.
    """
    folders = [str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]
    single = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
    return {
        "PATH": ":".join(dict.fromkeys(folders)),
        "HOME": str(HOME),
        "USER": "student",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(TEMPORARY),
        **single,
    }


def python_folders() -> list[Path]:
    """The folders of this Python, and of the environment it runs in, by every name they have."""
    folders = [Path(sys.prefix), Path(sys.base_prefix)]
    if site.ENABLE_USER_SITE:
        folders.append(Path(site.getusersitepackages()))
    return [*folders, *(folder.resolve() for folder in folders)]


def _links_to_python(folders: list[Path]) -> list[Path]:
    """The symbolic links outside these folders by which the interpreter is found."""
    found = []
    link = Path(sys.executable)
    while link.is_symlink():
        if not any(link.is_relative_to(folder) for folder in folders):
            found.append(link)
        link = link.parent / link.readlink()
    return found


def two_users(wait: int, say: int) -> list[str]:
    """Arguments by which bubblewrap waits for another process to map its users.

    Args:
        wait: file descriptor that it waits on.
        say: file descriptor on which it says which process it is.
    """
    return ["--userns-block-fd", str(wait), "--info-fd", str(say)]


def _touches(folder: Path, seen: Iterable[Path]) -> bool:
    """Whether a folder lies in one that can be read, or holds one; another is not there anyway."""
    return any(folder.is_relative_to(place) or place.is_relative_to(folder) for place in seen)


def command(
    bound: Iterable[tuple[Path, Path]], *, hidden: Iterable[Path], identity: list[str]
) -> list[str]:
    """Bubblewrap with its arguments, up to the command that it runs.

    Args:
        bound: further files and folders that can be read, and the place where they are.
        hidden: folders of the machine of which nothing may be seen but Python, where they hold it.
        identity: `ONE_USER`, or what `two_users` gives.

    Raises:
        CourseError: bubblewrap is missing, or Python lies where it cannot be shown.
    """
    seen = {Path(folder): Path(folder) for folder in (*_SYSTEM, *_SETTINGS)}
    seen |= {folder: folder for folder in python_folders()}
    seen |= {link: link for link in _links_to_python(list(seen))}
    seen |= {place: source for source, place in bound}
    for place in seen:
        if place == TEMPORARY or any(place.is_relative_to(own) for own in OWN):
            raise CourseError(
                "Python, or a folder that submissions may read, lies where each submission has "
                "its own files.",
                file=place,
                remedy="Move it elsewhere, for example to the course folder.",
            )
    mounts = {place: _bind(source, place) for place, source in seen.items()}
    empty = [str(folder) for folder in hidden if folder not in mounts and _touches(folder, seen)]
    mounts |= {Path(folder): ["--tmpfs", folder] for folder in (*empty, str(TEMPORARY))}
    devices = [f"/dev/{name}" for name in _DEVICES]
    return [
        program(),
        *("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--new-session"),
        *("--cap-add", "ALL", "--clearenv"),
        *identity,
        *_with_folders(mounts),
        *(word for folder in _EMPTY for word in ("--dir", folder)),
        *(word for device in devices for word in ("--dev-bind", device, device)),
        *(word for name, aim in _LINKS.items() for word in ("--symlink", aim, name)),
        *("--proc", "/proc", "--chdir", "/"),
        *(word for folder in ("/", *empty) for word in ("--remount-ro", folder)),
        *(word for name, value in environment().items() for word in ("--setenv", name, value)),
    ]


def _with_folders(mounts: dict[Path, list[str]]) -> list[str]:
    """The arguments in order: a folder comes before what lies in it.

    One that bubblewrap made by itself would be closed to all but its owner.
    """
    above = {folder for place in mounts for folder in place.parents} - {Path("/")}
    made = {folder: ["--dir", str(folder)] for folder in above}
    return [word for _, words in sorted((made | mounts).items()) for word in words]


def _bind(source: Path, place: Path) -> list[str]:
    if place.is_symlink() and place == source:
        return ["--symlink", str(place.readlink()), str(place)]
    return ["--ro-bind-try", str(source), str(place)]
