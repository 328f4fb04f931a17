# expects: task-6-a=0.2
# mistake: hands in a line and no text
assessment = """
It may well be that Afghanistan is a safe haven, but I am not confident.
"""
