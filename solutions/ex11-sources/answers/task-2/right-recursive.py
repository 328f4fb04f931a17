# way: a function that calls itself, and a set
def first_report(table, report_id):
    cited = table[table["report_id"] == report_id]["cites"].iloc[0]
    return report_id if cited == "" else first_report(table, cited)


back_to_r01 = {name for name in reports["report_id"] if first_report(reports, name) == "R01"}
