"""The files for Kubernetes: what in them can be held to something here.

The chart and its schema come from a repository of Helm charts, not from PyPI, npm or Debian, so
no test can fetch them. What the chart runs is Python, and that runs here.
"""

from __future__ import annotations

import re
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from jupyterhub import scopes
from ruamel.yaml import YAML
from traitlets.config import Config

from tests.deploy.hub_machine import DEPLOY, ROOT

HELM = DEPLOY / "helm"


def read(name: str) -> list[dict[str, Any]]:
    yaml = YAML(typ="safe")  # a key that stands twice is an error
    return list(yaml.load_all((HELM / name).read_text(encoding="utf-8")))


VALUES = read("values.yaml")[0]
GRADING = {(one["kind"], one["metadata"]["name"]): one for one in read("grading.yaml")}


@pytest.fixture
def spawner_config(monkeypatch: pytest.MonkeyPatch) -> Config:
    """What the code in values.yaml configures, run as the chart runs it."""

    def get_config(name: str) -> object:
        found: Any = VALUES
        for part in name.split("."):
            found = found[part]
        return found

    chart = ModuleType("z2jh")
    chart.get_config = get_config  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "z2jh", chart)
    config = Config()
    for name, code in VALUES["hub"]["extraConfig"].items():
        exec(compile(code, name, "exec"), {"c": config})
    return config


def pod() -> SimpleNamespace:
    server = SimpleNamespace(
        image="people", volume_mounts=[], env=[], security_context=SimpleNamespace()
    )
    spec = SimpleNamespace(containers=[server], volumes=[], host_users=None)
    return SimpleNamespace(metadata=SimpleNamespace(labels={}), spec=spec)


def spawner(*groups: str) -> SimpleNamespace:
    user = SimpleNamespace(groups=[SimpleNamespace(name=group) for group in groups])
    return SimpleNamespace(user=user)


@pytest.mark.parametrize("groups", [(), ("student",), ("instructors",)])
def test_only_instructors_get_the_course(spawner_config, groups):
    made = spawner_config.KubeSpawner.modify_pod_hook(spawner(*groups), pod())
    assert made == pod()


def test_an_instructor_gets_the_course_and_the_way_to_the_gradebook(spawner_config):
    made = spawner_config.KubeSpawner.modify_pod_hook(spawner("instructor"), pod())
    server = made.spec.containers[0]
    assert server.image == VALUES["custom"]["courseImage"]
    [volume] = made.spec.volumes
    claim = volume["persistentVolumeClaim"]["claimName"]
    assert ("PersistentVolumeClaim", claim) in GRADING
    worker = GRADING["Deployment", "dask-worker"]["spec"]["template"]["spec"]["containers"][0]
    # Dask's workers see the course at the same path.
    assert server.volume_mounts[0]["mountPath"] == worker["volumeMounts"][0]["mountPath"]
    assert made.metadata.labels.items() <= allowed_in()[0].items()


def allowed_in() -> list[dict[str, str]]:
    """The labels of the pods that the network lets into grading."""
    [rule] = GRADING["NetworkPolicy", "safehaven-grading"]["spec"]["ingress"]
    return [one["podSelector"]["matchLabels"] for one in rule["from"]]


def test_only_pods_of_instructors_and_of_grading_get_into_grading():
    assert allowed_in() == [{"safehaven/role": "instructor"}, {"app": "safehaven-grading"}]
    for (kind, _), one in GRADING.items():
        if kind in ("Deployment", "StatefulSet"):
            labels = one["spec"]["template"]["metadata"]["labels"]
            assert labels["app"] == "safehaven-grading"
            assert one["spec"]["selector"]["matchLabels"] == labels
            assert one["spec"]["template"]["spec"]["automountServiceAccountToken"] is False


def test_each_service_finds_its_pods():
    pods = [
        one["spec"]["template"]["metadata"]["labels"]
        for (kind, _), one in GRADING.items()
        if kind in ("Deployment", "StatefulSet")
    ]
    for (kind, _), one in GRADING.items():
        if kind == "Service":
            assert one["spec"]["selector"] in pods


@pytest.mark.parametrize("role", sorted(VALUES["hub"]["loadRoles"]))
def test_jupyterhub_knows_the_scopes_of_each_role(role):
    for scope in VALUES["hub"]["loadRoles"][role]["scopes"]:
        assert scope.partition("!")[0] in scopes.scope_definitions, scope


def test_the_exchange_has_one_address_and_one_token():
    [ngshare] = read("ngshare.yaml")
    service = VALUES["hub"]["services"]["ngshare"]
    assert service["apiToken"] == ngshare["ngshare"]["hub_api_token"] == "FILL-IN"
    for name in ("nbgrader_config.py", "course_config.py"):
        text = (HELM / name).read_text(encoding="utf-8")
        assert f'"{service["url"]}/services/ngshare"' in text


def test_no_secret_stands_in_the_files():
    for path in HELM.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(secret|password|token): *[^\sF{$#]", text, re.I), path.name


def test_the_image_has_what_its_recipe_copies_and_pins():
    recipe = (HELM / "Dockerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+) \S+$", recipe, re.M):
        for source in line.split():
            assert list(ROOT.glob(source)), source
    lock = (ROOT / "requirements" / "test.lock").read_text(encoding="utf-8")
    for package in ("distributed", "psycopg2-binary"):
        [pinned] = re.findall(rf"{package}==(\S+)", recipe)
        assert f"{package}=={pinned} " in lock
