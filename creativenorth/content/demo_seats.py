"""Invented sign-ups for the demo: a full activity with an offer and a waiting list, seats left, and who was there."""

# What activities ask and how seats are given, besides what stands in demo.ACTIVITIES.
RULES = {
    "radgivning-ai": {"policy": "new_companies", "online_capacity": 8},
    "tillganglighet-i-praktiken": {"asks_diet": True, "asks_access": True, "online_capacity": 30},
    "prata-pengar": {"online_capacity": 20},
    "selling-north": {"online_capacity": 100},
}
QUESTIONS = {
    "leda-kreativa-projekt": ("Vad vill du helst få med dig?", "What would you most like to take home?"),
}
HOSTED = ["hostens-klustertraff", "morgonfika", "tillganglighet-i-praktiken"]
GUEST_COMPANY = "Gästbolaget Demo"

OWNER, EDITOR, PARTICIPANT, OWNER2 = (f"{name}@demo.example" for name in ("owner", "editor", "participant", "owner2"))
# Guests are named by number: “Gäst 3 Demo”, gast-3@demo.example.
# activity: (who, state, mode, days since, minutes there or how the name is shown or what is needed)
SEATS = {
    "hostens-klustertraff": [
        (OWNER, "confirmed", "on_site", 60, {"minutes": 180}),
        (EDITOR, "confirmed", "on_site", 58, {"minutes": 180}),
        (PARTICIPANT, "confirmed", "on_site", 58, {"minutes": 120}),
        (OWNER2, "confirmed", "on_site", 50, {}),
        *((number, "confirmed", "on_site", 45 - number, {"minutes": 180}) for number in range(1, 7)),
        (7, "confirmed", "on_site", 38, {}),
        (8, "cancelled", "on_site", 37, {}),
    ],
    "prata-pengar": [
        (OWNER, "confirmed", "online", 20, {"minutes": 120}),
        (OWNER2, "confirmed", "online", 20, {}),
        (2, "confirmed", "online", 19, {"minutes": 90}),
    ],
    "morgonfika": [
        (OWNER, "confirmed", "on_site", 6, {"shown_to": "everyone"}),
        (PARTICIPANT, "confirmed", "on_site", 5, {"shown_to": "everyone"}),
        (3, "confirmed", "on_site", 4, {"shown_to": "participants"}),
        (4, "confirmed", "on_site", 2, {}),
    ],
    "tillganglighet-i-praktiken": [
        (EDITOR, "confirmed", "on_site", 9, {"diet": ["vegan"], "shown_to": "participants"}),
        (OWNER2, "confirmed", "online", 8, {"shown_to": "everyone"}),
        (5, "confirmed", "on_site", 7, {"diet": ["gluten", "nuts"], "access": ["hearing_loop"]}),
        (6, "confirmed", "on_site", 7, {"access": ["step_free"]}),
        (9, "confirmed", "online", 3, {}),
    ],
    "leda-kreativa-projekt": [
        (EDITOR, "confirmed", "on_site", 12, {"answer": "Hur man säger nej i tid"}),
        (10, "confirmed", "on_site", 11, {"answer": "Verktyg för planering", "party": "pair"}),
        (11, "confirmed", "on_site", 11, {"party": "pair"}),
        (12, "confirmed", "on_site", 4, {"answer": "Andras erfarenheter"}),
    ],
    "radgivning-ai": [
        (OWNER2, "confirmed", "online", 15, {}),
        *((number, "confirmed", "online", 28 - number, {}) for number in range(13, 19)),
        (PARTICIPANT, "offered", "online", 9, {}),
        (EDITOR, "waiting", "online", 8, {}),
        (19, "waiting", "online", 7, {"party": "queue"}),
        (20, "waiting", "online", 7, {"party": "queue"}),
        (OWNER, "waiting", "online", 2, {}),
    ],
}
