# way: a dictionary from the kind to the word, and a Series as the answer
WORD_OF = {
    "operational cooperation": "cooperates",
    "command/membership": "affiliated",
    "oath of allegiance (bay'ah)": "sworn",
}


def relation(table, group, other):
    rows = list(zip(table["source_id"], table["target_id"], table["tie_type"]))
    words = [WORD_OF[k] for s, t, k in rows if (s, t) == (group, other) and k in WORD_OF]
    if (other, group, "sanctuary") in rows:
        words.append("hosted")
    if (other, group, "operational cooperation") in rows:
        words.append("cooperates")
    return pd.Series(words, dtype=object).drop_duplicates()


imu_al_qaida = relation(ties, "imu", "al_qaida")
imu_taliban = relation(ties, "imu", "taliban")
taliban_al_qaida = relation(ties, "taliban", "al_qaida")
imu_sworn_to = {
    target for target in set(ties["target_id"]) if "sworn" in list(relation(ties, "imu", target))
}
