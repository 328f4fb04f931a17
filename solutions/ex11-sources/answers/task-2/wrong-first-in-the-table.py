# expects: task-2-a=0.2, task-2-b=0
# mistake: takes the report that stands first for the one that all go back to
def first_report(table, report_id):
    return table["report_id"].iloc[0]


back_to_r01 = []
for report_id in reports["report_id"]:
    if first_report(reports, report_id) == "R01":
        back_to_r01.append(report_id)
