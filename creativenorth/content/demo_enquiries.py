"""Invented enquiries for the demo, each so many days old and at its stage; every name and address is made up."""

# kind, name, company, message, days ago, stages that it has left with the days it stayed there, stage now
ENQUIRIES = (
    ("join", "Exempel Eriksson", "Exempelbyrån Norr", "Vi är tre som gör ljud för film. Kan vi vara med? (Exempel)",
     2, (), "new"),
    ("join", "Påhittad Persson", "Påhittade Pixlar", "Vi bygger spel i Boden och söker andra att dela lokal med. (Exempel)",
     19, (("new", 2),), "contacted"),
    ("join", "Tänkt Tjäder", "Tänkta Tjänster", "Tjänstedesign, två personer, Skellefteå. Hur går man med? (Exempel)",
     41, (("new", 1), ("contacted", 12)), "visited"),
    ("contact", "Fråga Frisk", "", "Får en student komma på era aktiviteter? (Exempel)", 5, (), "new"),
    ("join", "Vinst Varsågod", "", "Rank your site number one, cheap offer! (Exempel på skräp)", 6, (), "spam"),
)  # fmt: skip
