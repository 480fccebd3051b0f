"""Invented content for the demo. Only the names of companies and funders are real; everything here says it is an example."""

PASSWORD = "creative-north-demo"

# address, name, company, role, target group, groups
ACCOUNTS = (
    ("coordinator@demo.example", "Koordinator Demo", None, "", "", ("coordinator",)),
    ("host@demo.example", "Värd Demo", None, "", "", ("host",)),
    ("owner@demo.example", "Ägare Demo", "Formsmedjan", "owner", "manager", ()),
    ("editor@demo.example", "Redaktör Demo", "Formsmedjan", "editor", "project_leader", ()),
    ("participant@demo.example", "Deltagare Demo", "Formsmedjan", "participant", "creator", ()),
    ("owner2@demo.example", "Ägare Två Demo", "Vinter", "owner", "manager", ()),
)

# name: sectors, skills, municipality, town, looking for. Placeholders all of them, and marked so on every page.
PLACEHOLDERS = {
    "Oh my": (["reklam", "design"], ["Varumärke", "Webb"], "2580", "Luleå", ["colleagues"]),
    "In The Cold": (["film-och-tv"], ["Film", "Animation"], "2581", "Piteå", ["assignments"]),
    "More Digital Studio": (
        ["webb-och-digitala-tjanster"],
        ["Webb", "Tillgänglighet"],
        "2482",
        "Skellefteå",
        ["partners"],
    ),
    "Tromb": (["reklam"], ["Kampanj", "Foto"], "2580", "Luleå", ["assignments", "trainees"]),
    "Sigmar Metodbyrå": (["design"], ["Tjänstedesign", "Workshop"], "2480", "Umeå", ["partners"]),
    "Yours": (["reklam", "design"], ["Varumärke", "Form"], "2581", "Piteå", ["trainees"]),
    "Vinter": (["reklam", "film-och-tv"], ["Varumärke", "Film"], "2580", "Luleå", ["colleagues", "partners"]),
    "Brightnest": (["webb-och-digitala-tjanster"], ["Webb", "E-handel"], "2581", "Piteå", ["colleagues"]),
    "Henson PR": (["reklam", "litteratur-och-press"], ["PR", "Text"], "2582", "Boden", ["assignments"]),
    "Eriksson/Nord Agency": (["design", "foto"], ["Form", "Foto"], "2482", "Skellefteå", ["premises"]),
    "Formsmedjan": (["design"], ["Form", "Förpackning"], "2581", "Piteå", ["partners", "assignments"]),
    "Changemaker Educations": (["kulturutbildning", "dataspel"], ["Utbildning", "Spel"], "2582", "Boden", ["partners"]),
}
SKILLS_EN = {
    "Varumärke": "Branding", "Webb": "Web", "Film": "Film", "Animation": "Animation", "Tillgänglighet": "Accessibility",
    "Kampanj": "Campaigns", "Foto": "Photography", "Tjänstedesign": "Service design", "Workshop": "Workshops",
    "Form": "Graphic design", "E-handel": "E-commerce", "PR": "PR", "Text": "Copy", "Förpackning": "Packaging",
    "Utbildning": "Education", "Spel": "Games",
}  # fmt: skip

TAGLINE = (
    "Exempeltext tills företaget själv berättar vad det gör.",
    "Example text until the company tells what it does.",
)
DESCRIPTION = (
    "Det här är en exempeltext. Bransch, ort och kompetenser är påhittade och står här för att visa hur sidan ser ut. "
    "När företaget loggar in och skriver sin egen presentation försvinner märkningen.",
    "This is an example text. Sector, town and skills are invented and stand here to show what the page looks like. "
    "When the company signs in and writes its own presentation, the mark disappears.",
)

# slug, kind, groups, language, mode, municipality, place, seats, sessions as (days from today, from hour, hours),
# (title, summary) in Swedish and in English, cancelled because
ACTIVITIES = (
    ("hostens-klustertraff", "meeting", [], "sv", "on_site", "2581", "Exempelsalen", 60, [(-33, 13, 3)],
     ("Höstens klusterträff", "Vi gick igenom året och valde vad vi ska göra tillsammans i vår."),
     ("The autumn cluster meeting", "We went through the year and chose what to do together in spring."), None),
    ("prata-pengar", "workshop", ["manager"], "sv", "online", "", "", 20, [(-12, 9, 2)],
     ("Prata pengar med kunden", "En förmiddag om pris, värde och hur du säger nej."),
     ("Talking money with clients", "A morning on price, value and how to say no."), None),
    ("morgonfika", "event", [], "sv", "on_site", "2580", "Exempelkaféet", None, [(1, 8, 1)],
     ("Morgonfika i Luleå", "Kaffe, en timme, inga bilder. Kom som du är."),
     ("Morning coffee in Luleå", "Coffee, one hour, no slides. Come as you are."), None),
    ("tillganglighet-i-praktiken", "workshop", ["creator", "project_leader"], "sv", "hybrid", "2482", "Exempelstudion", 24, [(3, 13, 3)],
     ("Tillgänglighet i praktiken", "Ta med en sajt du byggt. Vi testar den med tangentbord och skärmläsare."),
     ("Accessibility in practice", "Bring a site you built. We test it by keyboard and screen reader."), None),
    ("leda-kreativa-projekt", "seminar", ["project_leader"], "sv", "on_site", "2581", "Exempelsalen", 16,
     [(9, 9, 7), (23, 9, 7), (51, 9, 7)],
     ("Leda kreativa projekt", "Tre dagar om tid, risk och att leverera utan att någon går sönder."),
     ("Leading creative projects", "Three days on time, risk and delivering without breaking anyone."), None),
    ("selling-north", "seminar", ["manager"], "en", "online", "", "", 100, [(15, 14, 1)],
     ("Selling north", "Ett samtal på engelska om att sälja kreativa tjänster utomlands."),
     ("Selling north", "A talk in English on selling creative services abroad."), None),
    ("studiebesok-spel", "study_visit", [], "sv", "on_site", "2582", "Exempelhuset", 18, [(18, 10, 4)],
     ("Studiebesök: så lär sig spelbranschen", "Vi ser hur en spelutbildning jobbar med företag."),
     ("Study visit: how games people learn", "We see how a games education works with companies."), None),
    ("radgivning-ai", "advice", ["manager"], "sv", "online", "", "", 8, [(25, 10, 1)],
     ("Rådgivning: avtal och upphovsrätt", "Boka en timme med en jurist. Exempelaktivitet."),
     ("Advice: contracts and copyright", "Book an hour with a lawyer. Example activity."), None),
    ("vinterworkshop", "workshop", ["creator"], "sv", "on_site", "2480", "Exempelateljén", 12, [(30, 9, 6)],
     ("Vinterljus: ljussättning utomhus", "En dag ute med kamera och för lite dagsljus."),
     ("Winter light: lighting outdoors", "A day outside with a camera and too little daylight."),
     ("Lokalen blev uppsagd. Vi återkommer med ny dag.", "The venue fell through. We will be back with a new day.")),
)  # fmt: skip

PROGRAMMES = (
    ("leda-i-norr", "manager",
     ("Leda i norr", "För dig som driver eller leder ett kreativt företag: affären, teamet och nästa steg."),
     ("Leading in the north", "For you who run or lead a creative company: the business, the team and the next step.")),
    ("projekt-som-haller", "project_leader",
     ("Projekt som håller", "För dig som får saker att hända: planering, kunddialog och lönsamhet i projekt."),
     ("Projects that hold", "For you who make things happen: planning, client dialogue and profitable projects.")),
    ("skapa-nytt", "creator",
     ("Skapa nytt", "För dig som formger, skriver, kodar eller filmar: metoder, teknik och mod."),
     ("Making new", "For you who design, write, code or film: methods, technology and courage.")),
)  # fmt: skip
DEMO_NOTE = ("*Det här är ett påhittat exempel för demon.*", "*This is an invented example for the demo.*")
