from __future__ import annotations

import gzip
import threading
import urllib.error
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


def ask(port: int, name: str, **headers: str):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{name}", headers=headers)
    with urllib.request.urlopen(request) as reply:
        return reply.headers, reply.read()


def test_text_goes_compressed_to_who_can_take_it(mini_course):
    words = "<p>Many words, many words.</p>" * 100
    site(mini_course).parent.mkdir(parents=True)
    site(mini_course).write_text(words, encoding="utf-8")
    site(mini_course).with_name("icon.png").write_bytes(b"picture")
    with site_server(mini_course, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port
        headers, body = ask(port, "index.html", **{"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip"
        assert len(body) < len(words) / 10
        assert gzip.decompress(body).decode() == words
        assert ask(port, "index.html")[1].decode() == words
        picture, _ = ask(port, "icon.png", **{"Accept-Encoding": "gzip"})
        assert picture["Content-Encoding"] is None
        with pytest.raises(urllib.error.HTTPError) as unchanged:
            day = headers["Last-Modified"]
            ask(port, "index.html", **{"Accept-Encoding": "gzip", "If-Modified-Since": day})
        assert unchanged.value.code == 304
        server.shutdown()


def test_editions_beside_the_site_are_shown_inside_it(mini_course):
    site(mini_course).parent.mkdir(parents=True)
    site(mini_course).write_text("today", encoding="utf-8")
    edition = mini_course.build / "editions" / "2026-11-22"
    edition.mkdir(parents=True)
    (edition / "index.html").write_text("that day", encoding="utf-8")
    with site_server(mini_course, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert ask(server.server_port, "editions/2026-11-22/")[1] == b"that day"
        with pytest.raises(urllib.error.HTTPError):
            ask(server.server_port, "editions/../../secret")
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
