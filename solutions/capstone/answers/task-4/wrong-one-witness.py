# expects: task-4-a=0.75, task-4-b=0
# mistake: has four accounts of one report
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
    (
        "guardian_adl2023",
        "B",
        3,
        "member states",
        "A press account; the evidence is not published.",
        "",
    ),
    ("un_35_2025", "B", 3, "member states", "A press account; the evidence is not published.", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 1
