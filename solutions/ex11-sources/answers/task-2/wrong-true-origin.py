# expects: task-2-a=1, task-2-b=0
# mistake: takes all reports of the same true origin for reports that go back to R01
def first_report(table, report_id):
    cited = dict(zip(table["report_id"], table["cites"]))
    while cited[report_id] != "":
        report_id = cited[report_id]
    return report_id


back_to_r01 = reports[reports["origin"] == "O01"]["report_id"].tolist()
