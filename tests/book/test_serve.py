from __future__ import annotations

import threading
import urllib.request

import pytest

from safehaven.book.build import site
from safehaven.book.serve import site_server
from safehaven.errors import CourseError


def test_the_built_site_is_shown(mini_course):
    site(mini_course).parent.mkdir(parents=True)
    site(mini_course).write_text("<h1>A course</h1>", encoding="utf-8")
    with site_server(mini_course, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with urllib.request.urlopen(address) as reply:
            assert b"A course" in reply.read()
        server.shutdown()


def test_without_a_book_the_remedy_is_named(mini_course):
    with pytest.raises(CourseError, match="not been built"):
        site_server(mini_course, 0)


def test_a_taken_port_is_named(mini_course):
    site(mini_course).parent.mkdir(parents=True)
    site(mini_course).write_text("x", encoding="utf-8")
    with (
        site_server(mini_course, 0) as server,
        pytest.raises(CourseError, match="cannot be used") as error,
    ):
        site_server(mini_course, server.server_port)
    assert "--port 0" in str(error.value)
