"""The first mail templates for answering enquiries; staff change and delete them, and add their own."""

# purpose, name, (subject, text) in Swedish and in English
TEMPLATES = (
    ("enquiry", "Tack – ska vi ses?",
     ("Tack för att du hörde av dig till Creative North",
      "Hej {name}!\n\nVad roligt att {company} vill veta mer om klustret. Vi kommer gärna och hälsar på en timme, så att "
      "ni får berätta vad ni gör och vi får berätta vad vi gör tillsammans.\n\nVilken dag de närmaste veckorna passar er?"
      "\n\nVänliga hälsningar\n{sender}"),
     ("Thank you for writing to Creative North",
      "Hello {name}!\n\nWe are glad that {company} would like to know more about the cluster. We would like to come and see "
      "you for an hour: you tell us what you do, we tell you what we do together.\n\nWhich day in the next weeks suits you?"
      "\n\nKind regards\n{sender}")),
    ("enquiry", "Så blir ni medlem",
     ("Nästa steg för {company}",
      "Hej {name}!\n\nTack för senast. För att gå med behöver vi företagets namn, organisationsnummer och vem som ska sköta er "
      "sida i portalen. Svara på det här mejlet, så ordnar vi resten.\n\nVänliga hälsningar\n{sender}"),
     ("The next step for {company}",
      "Hello {name}!\n\nThank you for meeting us. To join we need the company's name, its organisation number and who will keep "
      "your page in the portal. Answer this mail and we will see to the rest.\n\nKind regards\n{sender}")),
    ("enquiry", "Inte den här gången",
     ("Ert intresse för Creative North",
      "Hej {name}!\n\nTack för ert intresse. Just nu är klustret inte rätt plats för {company}, men våra öppna aktiviteter är "
      "till för alla: kom gärna på dem.\n\nVänliga hälsningar\n{sender}"),
     ("Your interest in Creative North",
      "Hello {name}!\n\nThank you for your interest. Right now the cluster is not the right place for {company}, but our open "
      "activities are for everybody: do come.\n\nKind regards\n{sender}")),
)  # fmt: skip
