# expects: task-1-a=0, task-1-b=0
# mistake: takes every tie of a group for affiliation
def relation(table, group, other):
    for source, target in zip(table["source_id"], table["target_id"]):
        if {source, target} == {group, other}:
            return {"affiliated"}
    return set()


imu_al_qaida = relation(ties, "imu", "al_qaida")
imu_taliban = relation(ties, "imu", "taliban")
taliban_al_qaida = relation(ties, "taliban", "al_qaida")
imu_sworn_to = ["al_qaida"]
