# expects: task-1-a=0, task-1-b=1
# mistake: types the answer for one event into the function
def span(text, precision):
    return date(1998, 6, 1), date(1998, 6, 30)


turki_visit = span("", "")
