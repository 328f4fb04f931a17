# expects: task-4-a=0.5, task-4-b=1
# mistake: grades the source and not the information
rows = [
    ("un_37_2026", "B", "", "member states", "", ""),
    ("cbs_camps2024", "B", "", "member states", "", ""),
    ("abizaid2023", "B", "", "the US government", "", ""),
    ("cnn_aq2023", "C", "", "the US government", "", ""),
    ("guardian_taliban2022", "B", "", "the Taliban", "", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 3
