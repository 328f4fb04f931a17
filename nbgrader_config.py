"""nbgrader finds the course by this file. All of its own commands work in this folder."""

from safehaven.grading import configure

c = get_config()  # noqa: F821  # nbgrader gives this function to its configuration file
configure(c)

c.CourseDirectory.course_id = "safehaven"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
