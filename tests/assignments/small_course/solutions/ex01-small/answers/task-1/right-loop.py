# way: adds up in a loop
def total(rows):
    """Return the sum of the counts."""
    found = 0
    for row in rows:
        found += int(row["count"])
    return found
