"""One assignment's way through a real JupyterHub, and what a student there cannot reach.

The accounts are real Unix accounts, the passwords are checked by PAM, and each person has an own
server; all of it lives in a namespace, and leaves nothing on the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import requests

from safehaven.assignments.source import read
from safehaven.folders import CourseFolders
from tests.deploy.hub_machine import ASSIGNMENT, ROOT, running_machine, why_not
from tests.deploy.hub_person import Person, Server

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

STUDENTS = ("ben", "cem", "dee")
NOTEBOOK = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
COURSE = "/srv/safehaven/course"
EXCHANGE = "/srv/nbgrader/exchange/safehaven"
#: Stands beside the solution of the first task, and in nothing that a student gets or writes.
SECRET = "lets a decade begin with the year"
SCRIPT = "Look <script>alert('ben')</script><img src=x onerror=\"alert('ben')\"> here"
#: A cell that prints for four seconds.
PRINT = "import time\nfor _ in range(40): print('mine' + 'alone', flush=True); time.sleep(0.1)"
#: A cell that runs another in a kernel of the kind that JupyterHub gives by default.
START_ON_TCP = """
from jupyter_client.manager import KernelManager
manager = KernelManager(transport="tcp")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready()
client.execute_interactive(PRINT, output_hook=lambda message: None)
manager.shutdown_kernel(now=True)
"""
#: A cell that connects for a while to all ports on which an account listens.
LISTEN = """
import time, zmq
socket, end, heard = zmq.Context().socket(zmq.SUB), time.monotonic() + SECONDS, False
socket.subscribe("")
known = set()
while time.monotonic() < end and not heard:
    for line in open("/proc/net/tcp"):
        address, state, uid = (line.split()[i] for i in (1, 3, 7))
        if (state, uid) == ("0A", "UID") and address not in known:
            known.add(address)
            socket.connect(f"tcp://127.0.0.1:{int(address.split(':')[1], 16)}")
    while not heard and socket.poll(100):
        heard = b"minealone" in b"".join(socket.recv_multipart())
print("heard" if heard else "heard nothing")
"""


@dataclass(frozen=True)
class Hub:
    """The class, with its work graded and returned.

    Attributes:
        address: of the JupyterHub.
        course: the server of the course account, as the instructor's browser has it.
        servers: of each student, by name.
        said: what the instructor's commands printed.
    """

    address: str
    course: Server
    servers: dict[str, Server]
    said: dict[str, str]


def solutions() -> dict[str, str]:
    """The model answers, by the id of their cells."""
    (source,) = read(CourseFolders(ROOT), ASSIGNMENT)
    return {
        cell.grade_id: cell.text
        for cell in source.cells
        if cell.is_answer and cell.grade_id and cell.grade_id.startswith("task-")
    }


def assignments(server: Server, action: str = "") -> list[dict]:
    """What nbgrader's list of assignments does when a student presses one of its buttons."""
    known = {"course_id": "safehaven", "assignment_id": ASSIGNMENT}
    if action:
        reply = server.ask("POST", f"/assignments/{action}", known)
    else:
        reply = server.get("/assignments?course_id=safehaven").json()
    assert reply["success"], reply["value"]
    return reply["value"]


def write(server: Server, answers: dict[str, str]) -> None:
    """Put answers into the student's notebook, as JupyterLab saves one."""
    notebook = server.get(f"/api/contents/{NOTEBOOK}").json()["content"]
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    data = {"type": "notebook", "format": "json", "content": notebook}
    server.ask("PUT", f"/api/contents/{NOTEBOOK}", data)


def hand_in(person: Person) -> Server:
    """Fetch the assignment, work on it and submit it, in the student's own server."""
    server = person.own()
    assert [one["status"] for one in assignments(server)] == ["released"]
    assignments(server, "fetch")
    right = solutions()
    wrong = (ROOT / "solutions" / ASSIGNMENT / "answers/task-1/wrong-first-day.py").read_text()
    answers = {
        "ben": right | {"judgement": SCRIPT},
        "cem": right | {"task-1": wrong},
        "dee": {},
    }
    write(server, answers[person.name])
    if person.name == "ben":
        run = server.shell(f"cd {ASSIGNMENT} && jupyter execute --inplace {ASSIGNMENT}.ipynb")
        assert run[0] == 0, run[1]
    assignments(server, "submit")
    return server


def forge(server: Server) -> None:
    """What dee puts into the exchange by hand: an empty notebook in ben's name, and links."""
    forged = f"'{EXCHANGE}/inbound/ben+{ASSIGNMENT}+2031-01-01 00:00:00 UTC+AAAA'"
    code, said = server.shell(
        f"cp -r ~/{ASSIGNMENT} {forged} && cd {forged}"
        f" && ln -s {COURSE}/gradebook.db gradebook.db && ln -s {COURSE}/solutions solutions"
        " && mkfifo pipe && mkdir closed && chmod 0 closed"
        " && echo 2031-01-01 00:00:00.000000 UTC > timestamp.txt"
    )
    assert code == 0, said


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    with running_machine() as address, ThreadPoolExecutor() as at_once:
        people = {name: Person(address, name) for name in ("ina", *STUDENTS)}
        assert {p.log_in(f"word-of-{p.name}") for p in people.values()} == {302}
        started = [at_once.submit(person.start) for person in people.values()]
        course = people["ina"].course()
        said = {}

        def teach(command: str) -> None:
            code, said[command] = course.shell(f"{command} {ASSIGNMENT} 2>&1")
            assert code == 0, said[command]

        teach("safehaven derive && nbgrader release_assignment")
        for start in started:
            start.result()
        servers = dict(
            zip(STUDENTS, at_once.map(hand_in, (people[n] for n in STUDENTS)), strict=True)
        )
        forge(servers["dee"])
        teach("nbgrader collect")
        teach("safehaven grade")
        teach("safehaven feedback")
        teach("nbgrader release_feedback")
        yield Hub(address, course, servers, said)


def graded(hub: Hub) -> dict[str, float]:
    """The points in the gradebook, by student."""
    code, said = hub.course.shell(
        "python -c 'import json; from nbgrader.api import Gradebook;"
        ' g = Gradebook("sqlite:///gradebook.db");'
        f' s = g.assignment_submissions("{ASSIGNMENT}");'
        " print(json.dumps({x.student_id: x.score for x in s}))'"
    )
    assert code == 0, said
    return json.loads(said.splitlines()[-1])


class TestTheWayOfAnAssignment:
    def test_everybody_has_an_own_server_under_an_own_account(self, hub):
        me = "import os, pwd; print(pwd.getpwuid(os.getuid()).pw_name, os.getcwd())"
        said = {name: server.python(me) for name, server in hub.servers.items()}
        assert said == {name: f"{name} /srv/people/{name}\n" for name in STUDENTS}
        assert hub.course.python(me) == f"safehaven {COURSE}\n"

    def test_the_points_are_those_of_the_answers(self, hub):
        # 16 points are given by tests; of the 3 of task 1, the mistake of cem leaves 0.25.
        assert graded(hub) == {"ben": 16, "cem": 13.25, "dee": 0}

    def test_the_code_of_students_ran_in_the_sandbox(self, hub):
        report = hub.course.get(f"/files/grading/{ASSIGNMENT}/grading-report.json").json()
        assert report["contained"] is True, report

    @pytest.mark.parametrize(("student", "points"), [("ben", "16"), ("cem", "13.25")])
    def test_a_student_opens_the_feedback(self, hub, student, points):
        server = hub.servers[student]
        listed = assignments(server, "fetch_feedback")
        [submission] = next(one for one in listed if one["status"] == "submitted")["submissions"]
        page = server.get(f"/files/{submission['local_feedback_path']}/{ASSIGNMENT}.html")
        assert page.status_code == 200
        assert points in page.text


class TestTheInstructor:
    def test_opens_the_formgrader_on_the_class(self, hub):
        listed = hub.course.get(f"/formgrader/api/submissions/{ASSIGNMENT}").json()
        assert {one["student"] for one in listed if one["autograded"]} == set(STUDENTS)

    def test_sees_no_script_of_a_student_in_the_formgrader(self, hub):
        found = hub.course.get(f"/formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}")
        pages = [hub.course.get(f"/formgrader/submissions/{one['id']}/") for one in found.json()]
        shown = [page.text for page in pages if "Look" in page.text and "alert('ben')" in page.text]
        assert len(shown) == 1, "what ben wrote is there, to be read"
        assert "<p>Look &lt;script&gt;alert" in shown[0]
        assert "<script>alert" not in shown[0]
        assert '&lt;img src="x" onerror=' in shown[0].replace("src=x", 'src="x"')
        assert "<img" not in shown[0].partition("<p>Look")[2].partition("</p>")[0]

    def test_is_kept_from_running_the_code_of_students_outside_the_sandbox(self, hub):
        path = f"/formgrader/api/submission/{ASSIGNMENT}/ben/autograde"
        reply = hub.course.ask("POST", path)
        assert not reply["success"]
        assert f"safehaven grade {ASSIGNMENT}" in json.dumps(reply)


class TestForgedSubmissions:
    def test_do_not_count_as_the_work_of_another(self, hub):
        assert "counts as theirs" in hub.said["nbgrader collect"]
        assert graded(hub)["ben"] == 16

    def test_bring_nothing_of_the_course_into_what_is_graded(self, hub):
        code, said = hub.course.shell("find submitted -type l -o -name '*.db' -o -name solutions")
        assert (code, said) == (0, "")
        assert hub.course.shell(f"grep -rl '{SECRET}' submitted/dee")[0] == 1


def refused(reply: requests.Response) -> bool:
    return reply.status_code in (403, 404)


class TestAStudentCannotReach:
    """Each attempt is made by ben; what makes it an attempt is that the owner succeeds."""

    PRIVATE = (
        f"{COURSE}/gradebook.db",
        f"{COURSE}/solutions/{ASSIGNMENT}/{ASSIGNMENT}.md",
        f"{COURSE}/submitted/cem/{NOTEBOOK}",
        f"{COURSE}/feedback/cem/{ASSIGNMENT}/{ASSIGNMENT}.html",
    )

    @pytest.mark.parametrize("path", PRIVATE)
    def test_what_the_course_account_keeps(self, hub, path):
        assert hub.course.shell(f"cat {path} | wc -c")[1] != "0"
        ben = hub.servers["ben"]
        assert "Permission denied" in ben.shell(f"cat {path}")[1]
        assert "PermissionError" in ben.python(f"open({path!r}).read()")
        # The contents API, from the root of the server up, and by a link in ben's own home.
        assert not ben.get(f"/api/contents/../../..{path}").ok
        assert not ben.get(f"/api/contents/%2e%2e/%2e%2e/%2e%2e{path}").ok
        ben.shell(f"ln -sfn {path} link")
        assert not ben.get("/api/contents/link?content=1").ok
        assert not ben.get("/files/link").ok

    @pytest.mark.parametrize(
        "path", [f"/srv/people/cem/{NOTEBOOK}", "/srv/people/ina/.bashrc"], ids=["cem", "ina"]
    )
    def test_another_home(self, hub, path):
        ben = hub.servers["ben"]
        assert "Permission denied" in ben.shell(f"cat {path}")[1]
        assert "PermissionError" in ben.python(f"open({path!r}).read()")

    def test_another_submission_or_feedback_in_the_exchange(self, hub):
        ben = hub.servers["ben"]
        for folder in ("inbound", "feedback"):
            assert hub.course.shell(f"ls {EXCHANGE}/{folder} | wc -l")[1] != "0"
            assert "Permission denied" in ben.shell(f"ls {EXCHANGE}/{folder}")[1]
            assert ben.shell(f"cat {EXCHANGE}/{folder}/*cem*/*.ipynb")[0] != 0

    def test_the_exchange_itself(self, hub):
        """To put a folder of their own, with other tasks, where all fetch the course's."""
        ben = hub.servers["ben"]
        for attempt in (
            f"mv {EXCHANGE} {EXCHANGE}-old",
            f"rm -rf {EXCHANGE}/outbound/{ASSIGNMENT}",
            f"mv {EXCHANGE}/inbound {EXCHANGE}/other",
            f"cp .bashrc {EXCHANGE}/outbound/{ASSIGNMENT}/",
        ):
            assert ben.shell(attempt)[0] != 0, attempt

    def test_the_lists_of_others(self, hub):
        """The root of the exchange is open, but a class made up there is nobody's."""
        trap = "/srv/nbgrader/exchange/trap/outbound"
        made = hub.servers["dee"].shell(f"mkdir -p {trap} && cp -r ~/{ASSIGNMENT} {trap}/")
        assert made == (0, "")
        assert hub.servers["ben"].get("/courses").json()["value"] == ["safehaven"]

    def test_any_readable_copy_of_a_solution(self, hub):
        search = f"grep -rlIs --include='*' '{SECRET}' /srv /mnt {ROOT}/book {ROOT}/solutions"
        assert COURSE in hub.course.shell(search)[1]
        own = hub.servers["ben"].shell(f"{search} | grep -v ^/srv/people/ben/")[1]
        assert own == ""

    def test_the_keys_of_the_hub(self, hub):
        ben = hub.servers["ben"]
        assert "Permission denied" in ben.shell("ls /srv/safehaven/state")[1]
        assert ben.shell("echo >> /srv/safehaven/hub/jupyterhub_config.py")[0] != 0

    @pytest.mark.parametrize("path", ["/user/cem", "/user/ina", "/services/safehaven"])
    def test_another_server_in_the_browser(self, hub, path):
        ben = hub.servers["ben"].person
        with pytest.raises(requests.HTTPError, match="403"):
            ben.open(path)

    def test_another_server_with_the_token_of_their_own(self, hub):
        own = hub.servers["ben"]
        token = own.python("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])").strip()
        headers = {"Authorization": f"token {token}"}
        assert requests.get(f"{own.address}/api/contents/", headers=headers, timeout=30).ok, (
            "the token is one"
        )
        for path in ("/user/cem/api/contents/", "/services/safehaven/api/contents/"):
            assert refused(requests.get(f"{hub.address}{path}", headers=headers, timeout=30))
        for path in ("users", "users/cem", "groups", "proxy"):
            found = requests.get(f"{hub.address}/hub/api/{path}", headers=headers, timeout=30)
            assert refused(found), path

    def test_the_processes_of_another(self, hub):
        ben = hub.servers["ben"]
        other = ben.shell("pgrep -u cem | head -1")[1]
        assert other.isdigit()
        assert ben.shell(f"kill {other}")[0] != 0
        assert "Permission denied" in ben.shell(f"cat /proc/{other}/environ")[1]

    def test_what_the_kernel_of_another_prints(self, hub):
        """A kernel on TCP sends its output to whoever connects to its port."""
        cem, ben = hub.servers["cem"], hub.servers["ben"]
        uid = ben.shell("id -u cem")[1]
        runtime = "/srv/people/cem/.local/share/jupyter/runtime"
        assert "Permission denied" in ben.shell(f"ls {runtime}")[1]
        with ThreadPoolExecutor() as at_once:
            listen = LISTEN.replace("UID", uid)
            heard = at_once.submit(ben.python, listen.replace("SECONDS", "5"))
            cem.python(PRINT)
            assert heard.result() == "heard nothing\n"
            heard = at_once.submit(ben.python, listen.replace("SECONDS", "30"))
            cem.python(START_ON_TCP.replace("PRINT", repr(PRINT)))
            assert heard.result() == "heard\n", "on TCP it is heard"

    def test_the_formgrader(self, hub):
        assert hub.course.get("/formgrader/").status_code == 200
        assert hub.servers["ben"].get("/formgrader/").status_code == 404


@pytest.mark.parametrize(
    ("name", "password"),
    [("ben", "word-of-cem"), ("eve", "word-of-eve"), ("safehaven", ""), ("root", "")],
)
def test_who_may_not_log_in(hub, name, password):
    """A wrong password; an account that is not of the course; accounts without a password."""
    assert Person(hub.address, name).log_in(password) == 403
