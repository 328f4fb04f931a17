# expects: task-5-a=1, task-5-b=0, task-5-c=1
# mistake: joins the two lists on names
def link_status(text, body):
    parts = [part.strip() for part in text.split("|")]
    return "link stated" if body in parts else "link not stated"


def us_status(pairs, us_table, body):
    text_of = dict(zip(us_table["name"], us_table["linked_to"]))
    status = {}
    for un_ref, un_name in zip(pairs["un_ref"], pairs["un_name"]):
        if un_name in text_of:
            status[un_ref] = link_status(text_of[un_name], body)
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
