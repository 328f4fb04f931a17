# way: gives the numbers as texts, with one report that another origin confirms
rows = [
    (
        "rferl_zawahiri",
        "B",
        "1",
        "the US government",
        "Usually reliable, and the Taliban spoke of the strike too.",
        "dohanews2022",
    ),
    ("dohanews2022", "C", "3", "the Taliban", "", ""),
    (
        "un_37_2026",
        "B",
        "3",
        "member states",
        "A press account; the evidence is not published.",
        "",
    ),
    (
        "cbs_camps2024",
        "B",
        "3",
        "member states",
        "A press account; the evidence is not published.",
        "",
    ),
    ("abizaid2023", "B", "2", "the US government", "", ""),
    ("cnn_aq2023", "C", "3", "the US government", "", ""),
    ("guardian_taliban2022", "B", "4", "the Taliban", "A denial by an interested party.", ""),
]
sources = []
for key, reliability, credibility, origin, why, other in rows:
    source = {"key": key, "reliability": reliability, "credibility": credibility}
    source.update({"origin": origin, "why": why, "confirmed_by": other})
    sources.append(source)
n_origins = 3
