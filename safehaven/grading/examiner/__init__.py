"""Runs a notebook's tests apart from the student's code, and decides their outcome."""
