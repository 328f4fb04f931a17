# way: a Series as a look-up, and a Series as the answer
def first_report(table, report_id):
    cites = table.set_index("report_id")["cites"]
    here = report_id
    while cites[here]:
        here = cites[here]
    return here


ends = reports["report_id"].apply(lambda name: first_report(reports, name))
back_to_r01 = reports["report_id"][ends == "R01"]
