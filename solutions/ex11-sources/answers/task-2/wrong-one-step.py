# expects: task-2-a=0.6, task-2-b=0
# mistake: follows one citation and stops
def first_report(table, report_id):
    cited = dict(zip(table["report_id"], table["cites"]))
    return cited[report_id] if cited[report_id] != "" else report_id


back_to_r01 = []
for report_id in reports["report_id"]:
    if first_report(reports, report_id) == "R01":
        back_to_r01.append(report_id)
