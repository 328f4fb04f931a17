# expects: task-2-a=1
# mistake: takes the last year for the one before
first, last = 2001, 2002
