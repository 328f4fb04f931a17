# way: filters the table for each direction, and returns a list
def relation(table, group, other):
    there = table[(table["source_id"] == group) & (table["target_id"] == other)][
        "tie_type"
    ].tolist()
    back = table[(table["source_id"] == other) & (table["target_id"] == group)]["tie_type"].tolist()
    words = []
    if "sanctuary" in back:
        words.append("hosted")
    if "operational cooperation" in there + back:
        words.append("cooperates")
    if "command/membership" in there:
        words.append("affiliated")
    if "oath of allegiance (bay'ah)" in there:
        words.append("sworn")
    return words


imu_al_qaida = relation(ties, "imu", "al_qaida")
imu_taliban = relation(ties, "imu", "taliban")
taliban_al_qaida = relation(ties, "taliban", "al_qaida")
oaths = ties[(ties["source_id"] == "imu") & ties["tie_type"].str.startswith("oath")]
imu_sworn_to = oaths["target_id"]
