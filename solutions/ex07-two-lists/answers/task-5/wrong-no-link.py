# expects: task-5-a=0.5, task-5-b=0.5, task-5-c=1
# mistake: reads a missing link as no link
def link_status(text, body):
    parts = [part.strip() for part in text.split("|")]
    return "link stated" if body in parts else "no link"


def us_status(pairs, us_table, body):
    text_of = dict(zip(us_table["sdn_id"], us_table["linked_to"]))
    status = {}
    for un_ref, sdn_id in zip(pairs["un_ref"], pairs["sdn_id"]):
        if sdn_id in text_of:
            status[un_ref] = link_status(text_of[sdn_id], body)
        else:
            status[un_ref] = "not in this table"
    return status


us_both = 0
for text in us["linked_to"]:
    if (
        link_status(text, "TALIBAN") == "link stated"
        and link_status(text, "AL QA'IDA") == "link stated"
    ):
        us_both = us_both + 1
