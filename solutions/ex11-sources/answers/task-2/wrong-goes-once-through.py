# expects: task-2-a=0.8, task-2-b=0
# mistake: goes through the table once from top to bottom, so a report that stands lower is missed
def first_report(table, report_id):
    for here, cited in zip(table["report_id"], table["cites"]):
        if here == report_id and cited != "":
            report_id = cited
    return report_id


back_to_r01 = []
for report_id in reports["report_id"]:
    if first_report(reports, report_id) == "R01":
        back_to_r01.append(report_id)
