# expects: task-5-a=1, task-5-b=1.5, task-5-c=1
# mistake: says of a body that is not in the table that its entry states no link
def link_status(text, body):
    parts = [part.strip() for part in text.split("|")]
    return "link stated" if body in parts else "link not stated"


def us_status(pairs, us_table, body):
    text_of = dict(zip(us_table["sdn_id"], us_table["linked_to"]))
    return {
        un_ref: link_status(text_of.get(sdn_id, ""), body)
        for un_ref, sdn_id in zip(pairs["un_ref"], pairs["sdn_id"])
    }


us_both = 0
for text in us["linked_to"]:
    if (
        link_status(text, "TALIBAN") == "link stated"
        and link_status(text, "AL QA'IDA") == "link stated"
    ):
        us_both = us_both + 1
