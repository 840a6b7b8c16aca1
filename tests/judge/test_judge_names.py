"""Names: the same one in another spelling passes; another one, a lost one, an invented one fails."""

from __future__ import annotations

import pytest

from drift.judge.onename import same_name

SAME = [
    ("She is a Slovenian painter.", "She is a Slovene painter."),
    # as written
    ("Angela Merkel resigned on Tuesday.", "On Tuesday, Angela Merkel stepped down."),
    ("Merkel's party lost the vote.", "The party of Merkel lost the vote."),
    ("Microsoft bought the studio.", "The studio was bought by Microsoft."),
    # transliterations of other languages
    ("Mr Poutine spoke for an hour.", "Mr Putin spoke for an hour."),
    ("Saule told the reporters.", "Saoulé told the reporters."),
    ("The pianist played Chostakovitch.", "The pianist played Shostakovich."),
    ("Gaddafi ruled Libya for decades.", "Qaddafi ruled Libya for decades."),
    ("Khrushchev banged his shoe.", "Chruschtschow banged his shoe."),
    ("The novel by Dostoevsky is long.", "The novel by Dostoyevsky is long."),
    ("Tchaikovsky wrote the ballet.", "Chaikovsky wrote the ballet."),
    ("President Yeltsin was ill.", "President Eltsin was ill."),
    ("Ablyazov fled to London.", "Abliazov fled to London."),
    ("They met Mohammed at the gate.", "They met Muhammad at the gate."),
    ("Hussein signed the treaty.", "Husayn signed the treaty."),
    ("Zelensky thanked the senators.", "Zelenskiy thanked the senators."),
    ("Volodymyr Zelenskyy visited Paris.", "Volodymyr Selenskyj visited Paris."),
    ("Erdoğan called early elections.", "Erdogan called early elections."),
    ("Ceaușescu was overthrown in 1989.", "Ceausescu was overthrown in 1989."),
    # letters that a pivot language mixes up
    ("Witnesses saw Karimov leave.", "Witnesses saw Garimov leave."),
    ("The lawyer Shalabaeva appealed.", "The lawyer Chalabayeva appealed."),
    ("Aplyasov denies the charges.", "Ablyazov denies the charges."),
    # exonyms and renamed cities
    ("He was born in Kiev.", "He was born in Kyiv."),
    ("The flight to Alma-Ata was late.", "The flight to Almaty was late."),
    ("Troops withdrew from Kharkov.", "Troops withdrew from Kharkiv."),
    ("She studied in Lvov.", "She studied in Lviv."),
    ("They flew to Peking.", "They flew to Beijing."),
    ("Bombay was flooded again.", "Mumbai was flooded again."),
    ("The trial was held in Nuremberg.", "The trial was held in Nürnberg."),
    ("He opened a shop in Cologne.", "He opened a shop in Köln."),
    ("The summit in Geneva failed.", "The summit in Genève failed."),
    # derived from one name
    ("The Kazakh government resigned.", "The government of Kazakhstan resigned."),
    ("The Italian parliament voted.", "Italy's parliament voted."),
    ("French farmers blocked the road.", "Farmers from France blocked the road."),
    # a people and its country or region
    ("The average Finn drinks four cups of coffee a day.", "In Finland people drink four cups of coffee a day on average."),
    ("Croatia drew with Wales.", "The Croats drew with the Welsh."),
    ("The Slovak president hesitated.", "Slovakia's president hesitated."),
    ("A 44-year-old Dane was arrested.", "A Danish man aged 44 was arrested."),
    ("The Crimean archive is closed.", "The archive of Crimea is closed."),
    ("The Kosovan team protested.", "The team from Kosovo protested."),
    ("The Ivorian government resigned.", "The government of Ivory Coast resigned."),
    ("Kurdish shepherds crossed the pass.", "Kurds with their sheep crossed the pass."),
    ("The Frenchman won the race.", "The racer from France won."),
    ("Britons were told to leave Sudan.", "UK citizens were told to leave Sudan."),
    # a capital, where its government or the country is meant
    ("Beijing welcomed the ceasefire.", "China welcomed the ceasefire."),
    ("The Canadian government agreed.", "Ottawa agreed."),
    ("He flew to Warsaw on Tuesday.", "He flew to the Polish capital on Tuesday."),
    ("The ministers met in Vienna.", "The ministers met in the Austrian capital, Vienna."),
    ("Observers from the Organization for Security and Co-operation in Europe came.", "OSCE observers came."),
    # an abbreviation and what it stands for
    ("The USA vetoed the resolution.", "The United States vetoed the resolution."),
    ("The UK left the union.", "The United Kingdom left the union."),
    ("The UN sent observers.", "The United Nations sent observers."),
    ("The EU fined the company.", "The European Union fined the company."),
    # titles and first names that come and go
    ("President Macron refused.", "Macron refused."),
    ("Doctor Okafor signed the report.", "Dr Okafor signed the report."),
    # capitals that are no names
    ("The Minister of Health apologised.", "The health minister apologised."),
    ("HE DID NOT ANSWER THE LETTER.", "He did not answer the letter."),
    ("The President spoke first.", "The president spoke first."),
    ("The city of Nizhny Novgorod was bombed.", "The city of Nijni Novgorod was bombed."),
    ("NATO troops left Kabul.", "OTAN troops left Kabul."),
    ("The prime minister flew to Abu Dhabi.", "The prime minister flew to Abou Dabi."),
    ("Road transport is the second largest sector in the EU.", "Road transport is the second largest sector in the Union."),
    ("Investment is regulated in Article 206 TFEU.", "Investment is regulated in Article 206 of the Treaty on the Functioning of the European Union."),
    ("Troops were sent to Côte d'Ivoire.", "Troops were sent to Ivory Coast."),
    ("The Czech Republic and Swaziland objected.", "Czechia and Eswatini objected."),
    ("The Holy See welcomed the agreement.", "The Vatican welcomed the agreement."),
    ("The effect was measured (CCVP) in all patients.", "The effect was measured in all patients."),
    ("The effects of the drug were substantiated.", "The effects of the drug (TPP) were substantiated."),
    ("The UK voted to leave.", "British voters decided to leave."),
]

DRIFT = [
    # another name
    ("The Finnish minister resigned.", "The Danish minister resigned.", "name", "critical"),
    ("Croats and Serbs met in Geneva.", "Croats and Kurds met in Geneva.", "name", "critical"),
    ("The Polish minister met his Danish colleague in Warsaw.", "The Polish minister met his Danish colleague.", "omission", "major"),
    ("Officials in Warsaw refused to comment.", "Officials in Vienna refused to comment.", "name", "critical"),
    # names that a people's ending seems to make one, peoples of one state, cities where no government is meant
    ("Pope Francis spoke to the crowd.", "Pope France spoke to the crowd.", "name", "critical"),
    ("President Ghani left the country.", "The president of Ghana left the country.", "name", "critical"),
    ("Mr Porter won the vote.", "Mr Porto won the vote.", "name", "critical"),
    ("British troops crossed the border.", "Welsh troops crossed the border.", "name", "critical"),
    ("Serbian troops crossed the border.", "Montenegrin troops crossed the border.", "name", "critical"),
    ("The governor of Tennessee thanked the volunteers.", "The governor thanked the volunteers.", "omission", "major"),
    ("The earthquake destroyed half of Turkey.", "The earthquake destroyed half of Ankara.", "name", "critical"),
    ("Russian troops entered Ukraine.", "Russian troops entered Kyiv.", "name", "critical"),
    ("The mayor of Rome resigned.", "The mayor of Italy resigned.", "name", "critical"),
    ("Hamilton won the race.", "Bermuda won the race.", "name", "critical"),
    ("Ottawa rejected the plan of the Germans.", "Moscow rejected the plan of the Germans.", "name", "critical"),
    ("Merkel criticised the plan.", "Scholz criticised the plan.", "name", "critical"),
    ("Troops entered Georgia.", "Troops entered Armenia.", "name", "critical"),
    ("The bridge in Lisbon collapsed.", "The bridge in Madrid collapsed.", "name", "critical"),
    ("Toyota recalled two million cars.", "Honda recalled two million cars.", "name", "critical"),
    ("The Swiss team won.", "The Swedish team won.", "name", "critical"),
    ("Anna gave the keys to the porter.", "Maria gave the keys to the porter.", "name", "critical"),
    ("Darwin published his book in 1859.", "Newton published his book in 1859.", "name", "critical"),
    ("Serena Williams won the final.", "Venus Williams won the final.", "name", "major"),
    ("The Kurds were promised a state.", "The Turks were promised a state.", "name", "critical"),
    ("The Nile flooded the fields.", "The Danube flooded the fields.", "name", "critical"),
    # a variant that is an entity of its own
    ("The fortune of Nazarbayev is hidden abroad.", "The fortune of Nazareth is hidden abroad.", "name", "critical"),
    ("The ambassador of Austria was called.", "The ambassador of Australia was called.", "name", "critical"),
    ("Rebels in Niger seized the mine.", "Rebels in Nigeria seized the mine.", "name", "critical"),
    ("The capital of Slovenia is small.", "The capital of Slovakia is small.", "name", "critical"),
    ("The court in Iran sentenced him.", "The court in Iraq sentenced him.", "name", "critical"),
    ("Kazakhs took to the streets.", "Cossacks took to the streets.", "name", "critical"),
    # a variant that is an ordinary word
    ("Turkey will host the summit next spring.", "The turkey will host the summit next spring.", "name", "critical"),
    ("The Kurds demanded autonomy.", "The curds demanded autonomy.", "name", "critical"),
    ("The train to Bath was late.", "The train to the bath was late.", "name", "critical"),
    ("He has lived in Nice since the war.", "He has lived nicely since the war.", "name", "major"),
    ("Mr. Baker told the jury the truth.", "The baker told the jury the truth.", "name", "major"),
    ("The police questioned Mrs Fisher.", "The police questioned the fisher.", "name", "major"),
    ("The Sunni majority protested.", "The sunny majority protested.", "name", "critical"),
    ("He went home to Turkey.", "He went home to eat turkey soup.", "name", "major"),
    ("The army of Chad crossed the border.", "The army of the child crossed the border.", "omission", "major"),
    # lost
    ("Rodriguez and Alvarez signed the deal.", "Rodriguez signed the deal.", "omission", "major"),
    ("The vaccine was tested in Brazil last year.", "The vaccine was tested last year.", "omission", "major"),
    ("According to Reuters, the talks have failed.", "The talks have failed.", "omission", "major"),
    # invented
    ("The engineers inspected the dam.", "The engineers from Siemens inspected the dam.", "addition", "major"),
    ("She moved abroad after the war.", "She moved abroad to Argentina after the war.", "addition", "major"),
    ("Benedict XVI resigned in 2013.", "Benedict XIV resigned in 2013.", "name", "major"),
    ("The EU rejected the plan.", "Ukraine rejected the plan.", "name", "critical"),
    ("Troops were sent to Ivory Coast.", "Troops were sent to Sierra Leone.", "name", "critical"),
    ("The Czech Republic objected.", "The Dominican Republic objected.", "name", "major"),
    ("The summit of NATO begins today.", "The summit begins today.", "omission", "major"),
    ("Patients with EFT recovered.", "Patients with TPP recovered.", "name", "major"),
    ("The UK voted to leave.", "French voters decided to leave.", "name", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_one_name_written_two_ways_passes(passes, reference, hypothesis):
    passes("names", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_another_name_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Kiev", "Kyiv"), ("Poutine", "Putin"), ("Nour-Sultan", "Nursultan"), ("Chalabayeva", "Shalabaeva"),
     ("Ablyazov", "Aplyasov"), ("Tolstoi", "Tolstoy"), ("Lukaschenko", "Lukashenko"), ("Sarkozy", "Sarközy")],
)  # fmt: skip
def test_spellings_of_one_name(a, b):
    assert same_name(a, b) >= 0.72
    assert same_name(b, a) >= 0.72


@pytest.mark.parametrize(
    ("a", "b"),
    [("Nazarbayev", "Nazareth"), ("Kazakhs", "Cossacks"), ("Austria", "Australia"), ("Iran", "Iraq"), ("Sunni", "sunny"),
     ("Niger", "Nigeria"), ("Merkel", "Scholz"), ("Paris", "Prague"), ("Smith", "Jones"), ("Sci", "ski"),
     ("Slovenia", "Slovak"), ("Indian", "Indonesia"), ("Roman", "Romania"), ("Swiss", "Sweden"), ("North Korean", "South Korea")],
)  # fmt: skip
def test_two_names(a, b):
    assert same_name(a, b) < 0.5
