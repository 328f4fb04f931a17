# expects: task-1-a=0, task-1-b=1
# mistake: types in the numbers of one test of the city
def four_groups(table, test):
    return {
        "flagged wrongly": 9999,
        "flagged rightly": 99,
        "missed": 1,
        "left alone": 989901,
    }


flagged_wrongly = 9999
flagged_rightly = 99
