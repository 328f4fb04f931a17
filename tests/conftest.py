"""Fixtures for all rooms."""

from tests.mini_course import mini_course

__all__ = ["mini_course"]
