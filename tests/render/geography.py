"""A small bank of all six kinds, about the geography of Afghanistan."""

from ruamel.yaml import YAML

from safehaven.bank.model import BankFile, Question

YAML_TEXT = """\
lesson: 1
use: {use}
questions:
  - id: L01.{u}01
    kind: single
    objective: L01.1
    level: recall
    natural_order: true
    stem: Which of these rivers flows through Kabul?
    options:
      - {{text: The *Kabul River*, right: true}}
      - {{text: The Amu Darya, feedback: The Amu Darya runs along the **northern** border.}}
      - {{text: The Helmand, feedback: The Helmand rises west of Kabul & flows south-west.}}
      - {{text: 'The <b>Hari</b> River', feedback: The Hari River flows past Herat.}}
    why: The Kabul River crosses the city from west to east; `Kabul` is named after it.
    source: [{{key: atlas, place: 'p. 3'}}]
  - id: L01.{u}02
    kind: multiple
    objective: L01.1
    level: understand
    stem: Which of these countries share a border with Afghanistan?
    options:
      - {{text: Iran, right: true, feedback: Iran lies to the west.}}
      - {{text: Tajikistan, right: true}}
      - {{text: China, right: true, feedback: The border with China is at the Wakhan Corridor.}}
      - {{text: Kyrgyzstan, feedback: Tajikistan lies between.}}
      - {{text: India, feedback: The Pakistani side of Kashmir lies between.}}
    why: Six countries share a border with it.
    source: [{{key: atlas}}, {{key: gazetteer}}]
    as_of: 2026-04-07
  - id: L01.{u}03
    kind: numeric
    objective: L01.2
    level: apply
    stem: A valley of {{a}} square kilometres has {{b}} villages. How large is the area per village?
    formula: a / b
    parameters: {{a: {{from: 1000, to: 3000, step: 500}}, b: {{from: 20, to: 50, step: 10}}}}
    tolerance: 0.5
    unit: square kilometres
    decimals: 1
    traps:
      - {{formula: b / a, feedback: 'This divides {{b}} by {{a}}; the area is wanted.'}}
      - {{answer: 4000, feedback: This is the whole area.}}
    why: Divide {{a}} by {{b}}.
    source: [{{key: atlas}}]
  - id: L01.{u}04
    kind: ordering
    objective: L01.2
    level: understand
    stem: Put these cities in order of height above the sea, the lowest first.
    items:
      - {{text: Jalalabad, fact: 575 m}}
      - {{text: Herat, fact: 920 m}}
      - {{text: Kabul, fact: '1,790 m'}}
      - {{text: Ghazni, fact: '2,220 m'}}
    feedback: Height grows from the eastern gate towards the central highlands.
    why: Jalalabad lies in the valley of the Kabul River.
    source: [{{key: atlas}}]
  - id: L01.{u}05
    kind: matching
    objective: L01.3
    level: understand
    stem: Which city is the capital of which province?
    pairs:
      - {{left: Khost Province, right: Khost, feedback: Province and capital share the name.}}
      - {{left: Nangarhar, right: Jalalabad, feedback: Nangarhar lies on the road to Torkham.}}
      - {{left: Balkh, right: Mazar-i-Sharif, feedback: Balkh lies in the north.}}
    extra:
      - {{text: Bamyan, feedback: Bamyan is the capital of Bamyan Province.}}
    why: The capitals are the largest cities of the three provinces.
    source: [{{key: atlas}}]
  - id: L01.{u}06
    kind: text
    objective: L01.3
    level: recall
    stem: What is the name of the mountain range north of Kabul?
    accept: [Hindu Kush, Hindukush, Paropamisus]
    traps:
      - {{answers: [Himalaya, the Himalayas], feedback: The Himalaya begins farther east.}}
      - {{answers: [Pamir], feedback: The Pamir lies in the far north-east.}}
    why: The range divides the country from north-east to south-west.
    source: [{{key: atlas}}]
"""


def bank_file(use: str) -> str:
    """The YAML of the small bank for one use."""
    return YAML_TEXT.format(use=use, u=use[0])


def questions(use: str = "practice") -> list[Question]:
    """The six questions: single, multiple, numeric, ordering, matching, text."""
    raw = YAML(typ="safe").load(bank_file(use))
    return BankFile.model_validate(raw).questions
