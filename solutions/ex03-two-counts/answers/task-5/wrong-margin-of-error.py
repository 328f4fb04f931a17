# expects: task-5-a=0, task-5-b=0
# mistake: computes a margin of error, which becomes narrower with more reports
def widths(numbers):
    result = []
    for n in range(1, len(numbers) + 1):
        part = pd.Series(numbers[:n])
        error = part.std() / n**0.5 if n > 1 else 0
        result.append(2 * 1.96 * error)
    return result
