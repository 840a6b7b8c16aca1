"""Who has whose part in a sentence built anew: converse words turn the parts and pass, a part that was exchanged fails."""

from __future__ import annotations

import pytest

SAME = [
    ("When the actress arrived in Cannes, she was welcomed by fans.", "When she arrived in Cannes, the actress was welcomed by fans."),
    ("I was angry, but I did not think I had been robbed.", "I didn't think I had been robbed, though I was angry."),
    ("The church is older than the castle.", "The castle is younger than the church."),
    ("Kenya sold 40,000 tonnes of maize to Uganda.", "Uganda bought 40,000 tonnes of maize from Kenya."),
    ("The firm sold its mine in Ghana to an investor.", "An investor bought the firm's mine in Ghana."),
    ("The dinner was preceded by a concert.", "A concert was followed by the dinner."),
    ("The mayor met the bishop in Rome.", "The bishop met the mayor in Rome."),
    ("The army destroyed the village.", "The village was destroyed by the army."),
    ("The poet gave the prize to the nurse.", "The nurse was given the prize by the poet."),
    ("The trains run from Lyon to Nice.", "Trains run to Nice from Lyon."),
]
DRIFT = [
    ("The tenant sued the owner, and then he attacked him.", "The owner sued the tenant, and then he attacked him."),
    ("The virus spreads from bats to humans through fruit.", "The virus spreads from humans to bats via fruit."),
    ("The court ruled in favour of the fishermen and against the company.",
     "The Lagos court ruled in favour of the company and against the fishermen."),
    ("The committee awarded the prize to the poet for her translation of the Dane's novel.",
     "The committee awarded the prize to the Dane for his translation of the poet's novel."),
    ("The senator said that the governor had misled the voters.", "The governor, speaking in Iowa, said that the senator had misled voters."),
    ("The nurse, who had trained the assistant, was praised by the mayor.", "The assistant, who had trained the nurse, was praised by the mayor."),
    ("Kenya sold 40,000 tonnes of maize to Uganda.", "Kenya bought 40,000 tonnes of maize from Uganda."),
    ("Djokovic beat Nadal in four sets.", "Nadal defeated Djokovic in four sets."),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_parts_turned_by_a_converse_word_pass(passes, reference, hypothesis):
    for detector in ("places", "roles", "exchange", "polarity"):
        passes(detector, reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_parts_exchanged_fail(fails, reference, hypothesis):
    fails(reference, hypothesis, "polarity" if "bought" in hypothesis else "role", "critical")
