# expects: task-6-a=0.8
# mistake: cites without the two grades
assessment = """
Question and terms
Is Afghanistan a safe haven for Al-Qaida again? I use two senses. In the first,
those in control let its members live and train. In the second, they also let them
prepare attacks abroad. A case counts when a site or a person is named, with a
date. I mean Al-Qaida and its South Asian branch, not the Islamic State, from
15 August 2021 to 7 April 2026.

Key judgements
In the first sense it is very likely (90 %; ICD 203: 80 to 95 %) that Afghanistan
was a safe haven on 7 April 2026. My confidence is moderate, because most of what
the public can read comes through one channel, the UN team.

In the second sense it is unlikely (25 %; ICD 203: 20 to 45 %) that it was. My
confidence is low: the withdrawal much reduced the ability to track anybody there
[leadig2022].

My forecast: it is very unlikely (6 %; ICD 203: 5 to 20 %) that by 31 December
2027 an attack outside Afghanistan and Pakistan, in which somebody is killed or
injured, is traced to direction by Al-Qaida from Afghanistan, by a court or by
public statements of two UN member states. By 31 December 2026 there is almost no
chance of it (2 %; ICD 203: 1 to 5 %). My confidence is low, for the same reason.

Evidence
The people harmed come first, and mostly it was not Al-Qaida that harmed them. The
Islamic State's branch killed about 170 Afghans and 13 US service members at Kabul
airport in 2021 [wapo_strike], and 145 people died near Moscow in 2024 in an
attack attributed to it [justsecurity2024]. No attack abroad that Al-Qaida
directed from Afghanistan was found in more than four and a half years
[own-course]. That is my base rate.

For the first sense speaks that Zawahiri lived in Kabul until a US strike killed
him on 31 July 2022 [rferl_zawahiri]; the Taliban denied any knowledge of his
presence [guardian_taliban2022]. In early 2024 the UN team reported, from member
states' information, up to eight new camps; the Taliban called this propaganda
[cbs_camps2024]. In February 2026, a press account says, it found their
patronage in place and Al-Qaida training the TTP [un_37_2026].

Against it, the US counter-terrorism centre saw a 'historical nadir' in 2023
[abizaid2023], and one unnamed US official called the UN's picture 'wildly out
of whack' [cnn_aq2023]. The leader is assessed to be in Iran
[guardian_adl2023], which Iran denies [own-voa-adl].

These fourteen sources have six origins: member states through the UN team, the US
government, the Taliban, Iran, Russia, and this course's own search. The first two
may overlap, since the United States is a member state.

Key assumptions
I assume that the reports which I cannot read are like those which I can. If states
hold back proof of preparations, 25 per cent is too low. I also assume that the
Taliban can control their guests. If they cannot, their wish to be recognised
protects nobody, and 6 per cent is too low.

The other explanation
A careful reader can hold that Afghanistan is no safe haven in either sense. US
officials counted fewer than a dozen core members in 2023 [ignatius2023], and
hosts whom Russia recognised in 2025 [afp_russia2025] have something to lose.
The UN's findings come from states that are not named, and neighbours in a quarrel
with Kabul gain when a threat is seen there.

Indicators and change of mind
The shares behind these numbers are my own estimates. If two governments publish
evidence of a cell in Afghanistan that plans attacks abroad, my forecast for 2027
goes from 6 to 39 per cent. If two reports of the UN team in a row name no training
site, it goes to 2 per cent. Inspectors whom both sides accept, and who find nobody
at a named site, would move my first judgement from 90 to 70.
"""
