# expects: task-3-a=0, task-3-b=1
# mistake: types the answer in
def ranking(table, n):
    return ["taliban", "al_qaida", "osama_bin_laden"][:n]


top_all = ranking(ties, 3)
first_directed = "ttp"
