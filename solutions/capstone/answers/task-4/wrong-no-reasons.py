# expects: task-4-a=0.75, task-4-b=1
# mistake: gives no reasons where the two grades part
rows = [
    ("un_37_2026", "B", 3, "member states", "", ""),
    ("cbs_camps2024", "B", 3, "member states", "", ""),
    ("abizaid2023", "B", 2, "the US government", "", ""),
    ("cnn_aq2023", "C", 3, "the US government", "", ""),
    ("guardian_taliban2022", "B", 4, "the Taliban", "", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 3
