# expects: task-4-a=0.75, task-4-b=1
# mistake: writes a key that the course does not have, and an own one without a reference
rows = [
    ("un_37_2026", "B", 3, "member states", "A press account; the evidence is not published.", ""),
    (
        "cbs_camps2024",
        "B",
        3,
        "member states",
        "A press account; the evidence is not published.",
        "",
    ),
    ("abizaid2023", "B", 2, "the US government", "", ""),
    ("CNN 2023", "C", 3, "the US government", "", ""),
    ("own-guardian", "B", 4, "the Taliban", "A denial by an interested party.", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 3
