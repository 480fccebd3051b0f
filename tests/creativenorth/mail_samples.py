"""Every mail of the portal, filled in as for a real person, in both languages."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django.utils.translation import override

from creativenorth import mail
from creativenorth.dates import moment_text, span_text
from creativenorth.mail.table import TABLE

LANGUAGES = ("sv", "en")
STARTS_AT = datetime(2027, 3, 28, 11, tzinfo=UTC)
ENDS_AT = datetime(2027, 3, 28, 14, tzinfo=UTC)
PORTAL = "http://localhost:8000"
SECRET = f"{PORTAL}/plats/kQ3vZ1mWcQAeHKkptWdNNISt75CFD7VXgDs1uqWIYlMag/"


SEAT = {
    "is_many": False,
    "party_size": 3,
    "somebody_waits": True,
    "is_full": True,
    "is_off": True,
    "cancel_reason": "Föreläsaren är sjuk. Vi hör av oss med en ny dag.",
    "reason": "Den här gången går platserna till företag som inte varit med förut.",
    "line": "Vi fick låna en större sal i samma hus.",
    "state": "confirmed",
    "cause": "",
    "is_waiting": False,
    "is_approved": False,
    "needs_approval": False,
    "is_party": False,
    "note": "",
}
PEOPLE = {
    "name": "Åsa-Maria Öberg",
    "first_name": "Åsa-Maria",
    "person": "Åsa-Maria Öberg",
    "sender": "Kim Lund",
    "inviter": "Kim Lund",
    "company": "Ljudbruket i Norr AB",
    "names": ["Ljudbruket", "Ljudbruket i Norr AB"],
    "addresses": ["asa@ljud.example", "asa@norr.example"],
    "email": "asa@ljud.example",
    "to_email": "asa@norr.example",
    "from_email": "asa@ljud.example",
    "deleted_email": "asa@ljud.example",
    "passkey": "Telefonen",
    "role": "koordinator",
    "days": 7,
}
FURTHER = {
    "code": "482 913",
    "link": SECRET,
    "path": "/mitt-foretag/",
    "home": f"{PORTAL}/min-sida/",
    "password_reset_url": SECRET,
    "activate_url": SECRET,
    "day": "28 mars",
    "kind": "join",
    "comment": "Skriv gärna en mening om vad ni gör för spelbolag.",
    "enquiry": SimpleNamespace(
        kind="join", company_name="Ljudbruket", name="Åsa Öberg", email="asa@ljud.example", phone="070-123 45 67",
        website="https://ljud.example", address="", message="Vi vill gärna vara med.\nRing när du kan.",
    ),
    "next_step": "Ring på torsdag",
}  # fmt: skip


def context(language):
    """All that any mail needs."""
    when = span_text(STARTS_AT, ENDS_AT).capitalize()
    occasion = {
        "activity": {"sv": "Berätta med ljud", "en": "Telling with sound"}[language],
        "starts_at": STARTS_AT,
        "when": [when],
        "place": "Acusticum, Piteå",
        "is_online": False,
        "online_url": "",
        "page": f"{PORTAL}/aktiviteter/beratta-med-ljud/",
        "ticket_url": f"{PORTAL}/biljett/kQ3vZ1mWcQAeHKkptWdNNISt75CFD7VXgDs1uqWIYlMag/",
    }
    changes = f"Plats\nFörut: Studio Acusticum\nNu: Acusticum, Piteå\n\nDatum\nFörut: Lör 27 mars, v. 12\nNu: {when}"
    of_now = {"occasions": [occasion], "changes": changes, "until": moment_text(STARTS_AT)}
    return occasion | SEAT | PEOPLE | FURTHER | of_now


def samples():
    """{(key, language): (subject, text, html)} of every row that has a mail."""
    return {(row.key, code): sample(row, code) for row in TABLE if row.template for code in LANGUAGES}


def sample(row, code):
    facts = {name: value[0] if isinstance(value, tuple) else value for name, value in row.facts.items()}
    if facts.get("until") is True:
        facts.pop("until")
    if not row.key.startswith(("seat_", "offer_", "guest_")):
        facts["occasions"] = []
    elif row.template not in ("seat_confirmed", "seat_reminder"):
        facts["occasions"] = [context(code)["occasions"][0] | {"ticket_url": ""}]
    with override(code):
        found = context(code) | facts
        found["enquiry"].kind = facts.get("kind", "join")
        if found["is_party"] is False:
            found["party_size"] = 1
        found["is_off"] = facts.get("cause") == "activity_off"
        if row.key == "enquiry_responsible":
            found["enquiry"] = "Ljudbruket vill gå med"
        return mail.draft(event=row.event, context=found, language=code)
