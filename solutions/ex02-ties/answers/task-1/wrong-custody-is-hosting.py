# expects: task-1-a=1.6, task-1-b=1
# mistake: takes custody for sanctuary
def relation(table, group, other):
    words = set()
    for source, target, kind in zip(table["source_id"], table["target_id"], table["tie_type"]):
        if kind in ("sanctuary", "custody") and (source, target) == (other, group):
            words.add("hosted")
        if kind == "operational cooperation" and {source, target} == {group, other}:
            words.add("cooperates")
        if kind == "command/membership" and (source, target) == (group, other):
            words.add("affiliated")
        if kind == "oath of allegiance (bay'ah)" and (source, target) == (group, other):
            words.add("sworn")
    return words


imu_al_qaida = relation(ties, "imu", "al_qaida")
imu_taliban = relation(ties, "imu", "taliban")
taliban_al_qaida = relation(ties, "taliban", "al_qaida")
imu_sworn_to = [other for other in name_of if "sworn" in relation(ties, "imu", other)]
