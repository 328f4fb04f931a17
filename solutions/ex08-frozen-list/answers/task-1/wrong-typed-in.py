# expects: task-1-a=0, task-1-b=0
# mistake: types in the numbers of the UN's table
def count_by_copy(table, prefix):
    return {
        "2015-03-27": 140,
        "2017-07-03": 140,
        "2018-10-29": 140,
        "2020-11-30": 140,
        "2024-09-26": 140,
        "2025-08-02": 140,
    }
