# way: a pattern that matches a whole part, and look-ups row by row
import re


def link_status(text, body):
    pattern = r"(^|\|)\s*" + re.escape(body) + r"\s*(\||$)"
    return "link stated" if re.search(pattern, text) else "link not stated"


def us_status(pairs, us_table, body):
    status = {}
    for _, pair in pairs.iterrows():
        rows = us_table[us_table["sdn_id"] == pair["sdn_id"]]
        status[pair["un_ref"]] = (
            "not in this table" if rows.empty else link_status(rows["linked_to"].iloc[0], body)
        )
    return status


us_both = len(
    [
        text
        for text in us["linked_to"]
        if {link_status(text, "TALIBAN"), link_status(text, "AL QA'IDA")} == {"link stated"}
    ]
)
