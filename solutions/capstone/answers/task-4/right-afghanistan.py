# way: answers the question of the course
sources = None
n_origins = None
states = "UN member states, through the Monitoring Team"
unseen = "A sound outlet on a report whose evidence is not published."
denial = "The outlet is sound; what it reports is the denial of an interested party."
rows = [
    ("wapo_strike", "B", 2, "the US government", ""),
    (
        "leadig2022",
        "A",
        2,
        "the US government",
        "A statutory body; not to be checked from outside.",
    ),
    ("rferl_zawahiri", "B", 2, "the US government", ""),
    ("abizaid2023", "B", 2, "the US government", ""),
    (
        "ignatius2023",
        "B",
        3,
        "the US government",
        "An opinion column that quotes unnamed officials.",
    ),
    ("cnn_aq2023", "C", 3, "the US government", ""),
    ("justsecurity2024", "B", 2, states, ""),
    ("cbs_camps2024", "B", 3, states, unseen),
    ("guardian_adl2023", "B", 3, states, unseen),
    ("un_37_2026", "B", 3, states, unseen),
    ("guardian_taliban2022", "B", 4, "the Taliban", denial),
    ("own-voa-adl", "B", 4, "Iran", denial),
    ("afp_russia2025", "B", 2, "Russia", ""),
    ("own-course", "B", 3, "the search of this course", "Careful, but of public works only."),
]
references = {
    "own-voa-adl": "Voice of America, 'US backs UN assessment that new Al-Qaida leader is in Iran', 2023",
    "own-course": "This course, table of claims, C01 and C39, checked on 7 April 2026",
}
sources = []
for key, letter, number, origin, why in rows:
    sources.append(
        {
            "key": key,
            "reference": references.get(key, ""),
            "reliability": letter,
            "credibility": number,
            "why": why,
            "origin": origin,
        }
    )
n_origins = len({source["origin"] for source in sources})
