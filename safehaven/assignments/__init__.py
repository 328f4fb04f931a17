"""From what an instructor writes in solutions/ to what a student receives in exercises/."""
