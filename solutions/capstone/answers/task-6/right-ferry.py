# way: answers another question, with sources of its own and another yardstick
assessment = """
Question and terms
Will the ferry to Halm Island run on at least 25 days of January 2027? By a day I
mean a day with one return trip or more, by the harbour office's log as it stands on
15 February. The island and the firm are invented. I speak of passengers and of
freight alike, and of nothing beyond that month.

Key judgements
It is likely (60 %; PHIA: about 55 to 75 %) that the ferry will run on at least 25
days. My confidence is moderate: the log is good, and the state of the engine is
known from one person.

It is unlikely (30 %; PHIA: about 25 to 35 %) that the company stops the service
altogether before 31 December 2027. By 31 December 2026 there is a remote chance of
it (5 %; PHIA: up to about 5 %). My confidence in this is low, since nobody who
decides has spoken in public.

Evidence
First those whom it concerns. On the island live ninety people, and eleven children
cross on weekdays to go to school [own-council, A2]. In the winter of 2019, when the
ferry stood still for three weeks, a man with a broken hip waited four days for a
doctor [own-council, A2].

The log shows 25 days or more in eight of the last ten Januaries [own-log, A1]. The
school keeps a list of its own for the same days, and it agrees [own-school, B2].
Eight in ten is the base rate, before anything is known about this winter.

A deckhand says that the engine will not last [own-herald, C3]. The second newspaper
has it from the first [own-gazette, C3], and the radio from both [own-radio, C4].
These are three reports and one origin. The company denies it [own-company, B4]; it
has an interest, since it sells tickets in advance. The harbour master, who sees the
ship every day, has noticed nothing unusual [own-master, B3].

In all I cite eight sources. They have six origins: the council, the harbour office's
log, the school, the deckhand, the company and the harbour master. The last is
employed by the office that keeps the log, so these two may lean on each other.

Key assumptions
I assume that the new timetable leaves the number of trips as it was. If it does not,
the ten years tell little, and I would go back to one half. I assume that the deckhand
has seen the engine himself. If he repeats what somebody told him in the canteen, my
number should be close to the base rate of eight in ten. I also assume an ordinary
winter. In a hard one
the harbour freezes, and the engine does not matter.

The other explanation
The best reading that is not mine is that the company is preparing to end the service
and lets the engine wear out. It would explain why tickets for January are not yet on
sale, why no new deckhand was hired after the summer, and why the denial speaks of
the engine and says nothing about the timetable. Those who hold this view do not
accuse anybody of a lie: a firm may keep its plans to itself. If they are right, the
age of the engine is a result and no cause, and no repair would help.

Indicators and change of mind
The shares behind the following numbers are my own estimates. I start from 30 per cent
for a stop by the end of 2027. If no tickets for spring are on sale in December, which
anybody can see at the counter, I go to 72 per cent. If the company orders new ropes,
which the chandler would enter in his book, I go to 9 per cent. For January itself, a
passed inspection in November would take me from 60 to 80 per cent, and a crew hired
only until December would take me down to 25. A third newspaper with the story of the
deckhand would change nothing.
"""
