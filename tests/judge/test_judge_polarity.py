"""Polarity: a negation said in another way passes; one that is added, lost or moved fails, and so does an opposite."""

from __future__ import annotations

import pytest

SAME = [
    ("He does not know.", "He doesn't know."),
    ("She cannot swim.", "She can't swim."),
    ("They won't pay.", "They will not pay."),
    ("No one came.", "Nobody came."),
    ("There was no one in the house.", "Nobody was in the house."),
    ("He said nothing.", "He didn't say anything."),
    ("They have no money.", "They don't have any money."),
    ("She never drinks coffee.", "She doesn't ever drink coffee."),
    ("The pilot did not notice the light.", "The pilot failed to notice the light."),
    ("The company failed to deliver.", "The company did not deliver."),
    ("He left without saying a word.", "He left and did not say a word."),
    ("He was unable to attend.", "He could not attend."),
    ("The report is incorrect.", "The report is not correct."),
    ("The door was not open.", "The door was closed."),
    ("It is not impossible.", "It is possible."),
    ("He is not unhappy.", "He is happy."),
    ("The claim is not true.", "The claim is false."),
    ("I don't think he is coming.", "I think he is not coming."),
    ("He refused to answer.", "He would not answer."),
    ("The plan lacks support.", "The plan has no support."),
    ("Neither the driver nor the guard was hurt.", "The driver and the guard were not hurt."),
    ("Hardly anyone voted.", "Almost nobody voted."),
    ("When you do not expect it, it happens.", "It happens when you don't expect it."),
    ("Without water, plants die.", "Plants die if there is no water."),
    ("No, they are talking about cheese.", "No, it is cheese that they are talking about."),
    ("Isn't it strange?", "Is it not strange?"),
    ("The medicine is not available in Norway.", "The medicine isn't available in Norway."),
    ("There is no evidence of fraud.", "There isn't any evidence of fraud."),
    ("He denied that he had stolen it.", "He said that he had not stolen it."),
    ("Not only the roof but also the walls burned.", "The roof burned, and the walls too."),
    ("He did not answer the question.", "He left the question unanswered."),
    ("Not even the mayor knew it.", "Even the mayor did not know it."),
    ("Not even he came.", "Even he did not come."),
    ("Nothing has changed since then.", "Since then, nothing has changed."),
    ("The law prevents them from voting.", "The law does not let them vote."),
    ("A spokesman declined to give details.", "A spokesman would not give details."),
    ("They do not belong to our past and do not exist in our future.", "They don't belong to our past, they don't exist in our future."),
    ("The reform has brought many changes.", "The reform generated many changes."),
    ("I want you to take note of it.", "I want you to pay attention to it."),
    ("Not all soldiers agreed.", "Some soldiers did not agree."),
    ("The sounds are too small for us to hear.", "The sounds are so small that we can't hear them."),
    ("Undoubtedly, they have merged.", "There is no doubt that they have merged."),
    ("The causes are not fully understood.", "The causes remain unclear."),
    ("A lack of money was noticed in 13 cases.", "No money was noticed in 13 cases."),
    ("They have less good health than the rich.", "They have worse health than the rich."),
    ("He has a difficult task.", "He does not have an easy task."),
    ("The committee did not agree to accept the offer.", "The committee rejected the offer."),
    ("I will always be there for you.", "I'll always be here for you."),
    ("That is why I voted against this.", "That is why I voted no."),
    ("Life without love has no meaning at all.", "Life without love is just pointless."),
    ("Before the vote on Amendment 6:", "Before the vote on Amendment No 6:"),
    ("Not everybody can be a poet.", "Not everyone can be a poet."),
    ("He doesn't just speak French, he speaks Spanish as well.", "He not only speaks French, but he speaks Spanish, too."),
    ("He covered the hole with leaves.", "He discovered the hole with leaves."),
    ("No doubt the plan will fail.", "The plan will certainly fail."),
    ("Not only did one thing go wrong, but almost everything.", "It's not just one thing that went wrong, it's almost everything."),
    ("You don't need to go there.", "You need not go there."),
    ("I wonder if Tom is alive.", "I wonder whether or not Tom is alive."),
    ("He resigned because of ill health.", "He resigned due to ill health."),
]

DRIFT = [
    ("He knows the answer.", "He does not know the answer.", "polarity", "critical"),
    ("The bank is not responsible for losses.", "The bank is responsible for losses.", "polarity", "critical"),
    ("No one was injured.", "Someone was injured.", "polarity", "major"),
    ("Nobody voted for the law.", "Everybody voted for the law.", "polarity", "major"),
    ("She left without her passport.", "She left with her passport.", "polarity", "major"),
    ("The drug never helps children.", "The drug always helps children.", "polarity", "major"),
    ("They will not sign the contract.", "They will sign the contract.", "polarity", "critical"),
    ("You can't park here.", "You can park here.", "polarity", "critical"),
    ("Nothing was stolen.", "Everything was stolen.", "polarity", "major"),
    ("The witness did not fail to appear.", "The witness failed to appear.", "polarity", "major"),
    ("Do not mix the two liquids.", "Mix the two liquids.", "polarity", "critical"),
    ("There is no cure for this disease.", "There is a cure for this disease.", "polarity", "major"),
    ("Neither party accepted the offer.", "Both parties accepted the offer.", "polarity", "major"),
    ("Not all students passed.", "All students passed.", "polarity", "critical"),
    # moved
    ("Not even the mayor in Leeds knew it.", "The mayor was not even in Leeds and knew it.", "polarity", "critical"),
    ("Not even he was there.", "He is not even there.", "polarity", "critical"),
    ("Not even she knew the code.", "She knew not even the code.", "polarity", "critical"),
    ("Not all the soldiers were paid.", "All the soldiers were not paid.", "polarity", "major"),
    # opposites
    ("Prices rose sharply.", "Prices fell sharply.", "polarity", "critical"),
    ("The water is hot.", "The water is cold.", "polarity", "critical"),
    ("He won the election.", "He lost the election.", "polarity", "critical"),
    ("The shop is open on Sundays.", "The shop is closed on Sundays.", "polarity", "critical"),
    ("The minister accepted the proposal.", "The minister rejected the proposal.", "polarity", "critical"),
    ("Exports increased last year.", "Exports decreased last year.", "polarity", "critical"),
    ("It was a legal transaction.", "It was an illegal transaction.", "polarity", "critical"),
    ("The patient's condition improved.", "The patient's condition worsened.", "polarity", "critical"),
    ("The bridge is safe.", "The bridge is dangerous.", "polarity", "critical"),
    ("She arrived before the storm.", "She arrived after the storm.", "polarity", "major"),
    ("He is guilty of murder.", "He is innocent of murder.", "polarity", "critical"),
    ("The rich pay more tax.", "The poor pay more tax.", "polarity", "critical"),
    # opposites that WordNet links through their kin only
    ("The drug reduces the risk of stroke.", "The drug increases the risk of stroke.", "polarity", "critical"),
    ("The minister denied that the army had fired.", "The minister confirmed that the army had fired.", "polarity", "critical"),
    ("The Kremlin declined to comment.", "The Kremlin agreed to comment.", "polarity", "critical"),
    ("The minister praised the report.", "The minister criticised the report.", "polarity", "critical"),
    ("The senator voted for the bill.", "The senator voted against the bill.", "polarity", "critical"),
    ("They will attack unless we pay.", "They will attack if we pay.", "polarity", "critical"),
    # the negation of another verb
    ("I never said that she stole the money.", "I said that she never stole the money.", "polarity", "critical"),
    ("The police did not say that he was armed.", "The police said that he was not armed.", "polarity", "critical"),
    ("He has a difficult task.", "He has an easy task.", "polarity", "critical"),
    ("There were no fewer than 6 of them, and no one paid.", "There were no fewer than 6 of them, and everyone paid.", "polarity", "major"),
    ("He has no doubt about it.", "He has a doubt about it.", "polarity", "major"),
    ("He gave her the money.", "He took her the money.", "polarity", "major"),
    ("He resigned because of ill health.", "He resigned despite ill health.", "polarity", "critical"),
    ("The trains came late or not at all.", "The trains came late or came at all.", "polarity", "major"),
    ("She stayed because it rained.", "She stayed although it rained.", "polarity", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_the_same_polarity_passes(passes, reference, hypothesis):
    passes("polarity", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_a_reversal_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
