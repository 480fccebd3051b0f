"""The legal form in a company's name, which says nothing of the company: AB, ekonomisk förening, Ltd."""

import re

_FORMS = re.compile(
    r"\b((ekonomisk|ideell) forening(en)?|ek for|enskild firma|ef|(aktie|handels|kommandit)bolag(et)?"
    r"|ab|hb|kb|publ|ltd|inc|llc|oy|as|a/s|asa|gmbh|b\.?v|se)\b"
)


def without_company_form(folded):
    """The words of a folded text that are no legal form; all of them where no other is left."""
    return _FORMS.sub(" ", folded).split() or folded.split()
