"""Numbers and dates: one value written two ways passes, a rounding is minor, another value fails."""

from __future__ import annotations

import pytest

SAME = [
    ("Nine men went out", "The nine men went out"),
    ("Two out of every five patients waited.", "40 percent of the patients waited."),
    ("Wheat makes up a fifth of the crop.", "Wheat is 20 percent of the crop."),
    ("The strike affects one flight in eight at Lisbon.", "About 12.5 percent of flights at Lisbon are hit."),
    ("The vaccine protects nine out of ten recipients.", "Of ten vaccinated persons, nine are protected."),
    ("The company employs 1,200 people, a fifth of them abroad.", "Of the company's 1,200 people, 240 are abroad."),
    ("The state owns 51 percent of the airline and its staff the rest.", "The staff hold 49 percent of the airline, the state the rest."),
    ("The union holds 58 of the 61 seats.", "The union is three seats short of the 61."),
    ("The bridge dates from the middle of the sixteenth century.", "The bridge was built around 1550."),
    ("Frost destroyed a third of the crop.", "Frost destroyed the third of the crop."),
    ("It held for three seasons out of four.", "In three of four seasons it held."),
    # digits and words
    ("Fifty people were hurt.", "50 people were hurt."),
    ("They killed at least fifty people.", "At least 50 people were killed."),
    ("The town has twenty-three schools.", "The town has 23 schools."),
    ("It took one hundred and twelve days.", "It took 112 days."),
    ("Two of the three engines failed.", "2 of the 3 engines failed."),
    ("A dozen eggs were broken.", "Twelve eggs were broken."),
    ("About two dozen officers came.", "About 24 officers came."),
    ("Half a million people fled.", "500,000 people fled."),
    ("Half a million people fled.", "Some 0.5 million people fled."),
    ("A thousand soldiers arrived.", "1,000 soldiers arrived."),
    ("One and a half million voters stayed away.", "1.5 million voters stayed away."),
    ("The firm owes 2.1 billion dollars.", "The firm owes $2.1 billion."),
    ("The firm owes 2.1 billion dollars.", "The firm owes 2,100 million dollars."),
    ("The firm owes 2.1 billion dollars.", "The firm owes $2.1bn."),
    # separators of other locales
    ("The prize is 1,000.00 euros.", "The prize is 1.000,00 euros."),
    ("The prize is 1,000.00 euros.", "The prize is 1 000,00 euros."),
    ("The prize is 1,000 euros.", "The prize is one thousand euros."),
    ("It cost 12.5 million.", "It cost 12,5 million."),
    ("The city has 1,250,000 inhabitants.", "The city has 1 250 000 inhabitants."),
    ("The city has 1,250,000 inhabitants.", "The city has 1.25 million inhabitants."),
    ("Only 3.5 metres were left.", "Only 3,5 metres were left."),
    # percent, money, units
    ("Sales fell by 20%.", "Sales fell by 20 percent."),
    ("Sales fell by 20 per cent.", "Sales fell by twenty percent."),
    ("He paid €500 in cash.", "He paid 500 euros in cash."),
    ("He paid £40.", "He paid forty pounds."),
    ("Half of the voters stayed home.", "50 percent of the voters stayed home."),
    # ordinals
    ("She finished in third place.", "She finished 3rd."),
    ("It was built in the 19th century.", "It was built in the nineteenth century."),
    ("This is the second attempt.", "This is the 2nd attempt."),
    # dates
    ("The strike began on 7 January.", "The strike began on January 7."),
    ("The strike began on 7 January.", "The strike began on the 7th of January."),
    ("The law of March 3, 2011 was repealed.", "The law of 3 March 2011 was repealed."),
    ("She was born in the 1990s.", "She was born in the nineties."),
    ("The shop opens on Mon 5 Aug.", "The shop opens on Monday, 5 August."),
    ("He may come in May.", "In May he may come."),
    # times
    ("The train leaves at 3 pm.", "The train leaves at 15:00."),
    ("The train leaves at 3:30 p.m.", "The train leaves at 15:30."),
    ("The meeting starts at 9.15 am.", "The meeting starts at 9:15 am."),
    ("The shop closes at noon.", "The shop closes at 12:00."),
    # ranges
    ("Between 10 and 15 houses burned.", "10-15 houses burned."),
    ("Children aged 5 to 7 may enter.", "Children aged five to seven may enter."),
    # numbers that are no counts
    ("One never knows.", "You never know."),
    ("No one came to the hearing.", "Nobody came to the hearing."),
    ("One of the witnesses lied.", "A witness lied."),
    ("Both brothers were arrested.", "The two brothers were arrested."),
    ("Hundreds of people marched.", "Several hundred people marched."),
    ("Wait a second.", "Wait a moment."),
    ("Two thirds of the deputies voted against it.", "67% of the deputies voted against it."),
    ("Nearly three quarters of voters stayed home.", "Nearly 75% of voters stayed home."),
    ("Wheat has risen by a third since May.", "Since May wheat has risen by 33%."),
    ("Prices fell by half.", "Prices fell by 50 percent."),
    ("He ran 26 miles.", "He ran 42 kilometres."),
    ("She weighs 120 pounds.", "She weighs 54 kilos."),
    ("The field has 10 acres.", "The field has four hectares."),
    ("They have been married for a decade.", "They have been married for ten years."),
    ("Wait a second.", "Wait one second."),
    ("We compare the top and bottom 20% of earners.", "We compare the top 20% and the bottom 20% of earners."),
    ("The rate is thrice that of others.", "The rate is three times that of others."),
    ("She was well again after six months.", "She was well again after half a year."),
    ("The sitting was closed at 10.20 p.m.", "The sitting was closed at 22.20."),
    ("The sitting was suspended at 11.55 a.m. and resumed at 12 p.m.", "The sitting was suspended at 11.55 and resumed at 12.00."),
    ("The vote will take place on Wednesday at noon.", "The vote will take place on Wednesday at 12 noon."),
    ("I get up at 6 o'clock every morning.", "I get up at six every morning."),
    ("We have a half-dozen eggs.", "We have half a dozen eggs."),
    ("Nine out of ten voters supported the plan.", "90% of voters supported the plan."),
    ("One in five children is poor.", "20 percent of children are poor."),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 12/05/2011."),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 5/12/2011."),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 2011-05-12."),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 12.05.2011."),
    ("The train leaves at a quarter to seven.", "The train leaves at 6:45."),
    ("The train leaves at half past six.", "The train leaves at 6.30 p.m."),
    ("The wave N1 was seen in two cases out of three.", "The N1 wave was seen in two out of three cases."),
    ("Profits rose by a third to $4.5bn.", "Profits rose 33% to 4.5 billion dollars."),
]

ROUNDED = [
    ("The quake killed 4,987 people.", "The quake killed 5,000 people."),
    ("The bridge is 1,991 metres long.", "The bridge is about 2,000 metres long."),
    ("He scored 49.8 percent.", "He scored 50 percent."),
]

DRIFT = [
    ("The union holds 58 of the 61 seats.", "The union holds 48 of the 61 seats.", "number", "critical"),
    ("The company employs 1,200 people, a fifth of them abroad.", "Of the company's 1,200 people, 340 are abroad.", "number", "critical"),
    ("The bridge dates from the middle of the sixteenth century.", "The bridge was built around 1650.", "number", "critical"),
    ("They have quarried stone since the sixteenth century.", "They have quarried 1,550 tonnes of stone.", "addition", "major"),
    ("Four of the six boats sank.", "Three of the six boats sank.", "number", "critical"),
    ("It held for three seasons out of four.", "In two of four seasons it held.", "number", "critical"),
    ("The fire killed 15 people.", "The fire killed 50 people.", "number", "critical"),
    ("The firm lost 2.1 billion euros.", "The firm lost 2.1 million euros.", "number", "critical"),
    ("Half a million people fled.", "Half a billion people fled.", "number", "critical"),
    ("Three men were arrested.", "Thirteen men were arrested.", "number", "critical"),
    ("He paid 500 dollars.", "He paid 500 euros.", "number", "critical"),
    ("Prices rose by 7 percent.", "Prices rose by 17 percent.", "number", "critical"),
    ("She was 34 years old.", "She was 43 years old.", "number", "critical"),
    ("The dose is 0.5 grams a day.", "The dose is 5 grams a day.", "number", "critical"),
    ("At least forty passengers died.", "At least fourteen passengers died.", "number", "critical"),
    ("The village has 1,200 inhabitants.", "The village has 12,000 inhabitants.", "number", "critical"),
    ("Seven out of ten patients recovered.", "Seven out of twelve patients recovered.", "number", "critical"),
    ("Two hundred tons were stolen.", "Two thousand tons were stolen.", "number", "critical"),
    ("Thousands of people marched.", "Millions of people marched.", "number", "critical"),
    ("It was the third victory in a row.", "It was the fourth victory in a row.", "number", "critical"),
    ("Both engines failed.", "All three engines failed.", "number", "major"),
    ("The dress cost between 20 and 30 pounds.", "The dress cost between 20 and 80 pounds.", "number", "critical"),
    # dates
    ("The treaty was signed in 1991.", "The treaty was signed in 1919.", "date", "critical"),
    ("The exam is on Monday.", "The exam is on Friday.", "date", "critical"),
    ("He died on 4 March.", "He died on 4 May.", "date", "critical"),
    ("He died on 4 March.", "He died on 14 March.", "date", "critical"),
    ("The curfew begins at 20:00.", "The curfew begins at 22:00.", "date", "critical"),
    ("The train leaves at 3 pm.", "The train leaves at 3 am.", "date", "critical"),
    ("The war began in the 1930s.", "The war began in the 1950s.", "date", "critical"),
    # lost and invented
    ("The blast killed 17 people and wounded many.", "The blast killed people and wounded many.", "omission", "major"),
    ("They demanded a ransom of 3 million dollars.", "They demanded a ransom.", "omission", "major"),
    ("Many villagers fled.", "Many of the 900 villagers fled.", "addition", "major"),
    ("The vessel sank 12 miles off the coast.", "The vessel sank 12 kilometres off the coast.", "number", "critical"),
    ("The siege lasted 90 days.", "The siege lasted 90 years.", "number", "critical"),
    ("He ran 26 miles.", "He ran 62 kilometres.", "number", "critical"),
    ("Nearly three quarters of voters stayed home.", "Nearly a quarter of voters stayed home.", "number", "critical"),
    ("He is the third richest man in Asia.", "He is the second richest man in Asia.", "number", "major"),
    ("The sitting was closed at 10.20 p.m.", "The sitting was closed at 22.50.", "date", "critical"),
    ("Inflation fell to 10.20 percent at noon.", "Inflation fell to 22.20 percent at noon.", "number", "critical"),
    ("Nine out of ten voters supported the plan.", "80% of voters supported the plan.", "number", "critical"),
    ("One in five children is poor.", "One in fifty children is poor.", "number", "critical"),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 13.05.2011.", "date", "critical"),
    ("The treaty was signed on 12 May 2011.", "The treaty was signed on 2011-06-12.", "date", "critical"),
    ("The train leaves at half past six.", "The train leaves at 7:30.", "date", "critical"),
    ("Profits rose by a third to $4.5bn.", "Profits rose 53% to 4.5 billion dollars.", "number", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_one_value_written_two_ways_passes(passes, reference, hypothesis):
    passes("numbers", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis"), ROUNDED)
def test_a_rounding_is_minor(passes, fails, reference, hypothesis):
    passes("numbers", reference, hypothesis)
    fails(reference, hypothesis, "number", "minor")


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_another_value_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
