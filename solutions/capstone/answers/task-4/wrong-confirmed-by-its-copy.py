# expects: task-4-a=1, task-4-b=0.5
# mistake: calls a report confirmed that another account of the same report repeats
rows = [
    (
        "un_37_2026",
        "B",
        1,
        "member states",
        "A press account; the evidence is not published.",
        "cbs_camps2024",
    ),
    (
        "cbs_camps2024",
        "B",
        3,
        "member states",
        "A press account; the evidence is not published.",
        "",
    ),
    ("abizaid2023", "B", 2, "the US government", "", ""),
    ("cnn_aq2023", "C", 3, "the US government", "", ""),
    ("guardian_taliban2022", "B", 4, "the Taliban", "A denial by an interested party.", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 3
