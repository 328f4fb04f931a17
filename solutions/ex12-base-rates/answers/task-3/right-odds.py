# way: works with odds, reads the numbers with a regular expression, keeps the scenarios in a Series
import re


def as_share(text):
    found = [float(part.replace(",", "")) for part in re.findall(r"[\d.,]+", text)]
    return found[0] / (found[1] if len(found) == 2 else 100)


def worth(base_rate, sensitivity, false_positive_rate):
    odds = base_rate / (1 - base_rate) * sensitivity / false_positive_rate
    return odds / (1 + odds)


table = scenarios.set_index("scenario")
worth_of = worth(table["prevalence"], table["sensitivity"], table["false_positive_rate"])
worth_leaflet = worth(0.00002, 0.998, 0.002)
