"""Facts and first texts of Creative North, which staff edit once they are loaded."""

from datetime import date

COMPANIES = (
    "Oh my", "In The Cold", "More Digital Studio", "Tromb", "Sigmar Metodbyrå", "Yours", "Vinter", "Brightnest",
    "Henson PR", "Eriksson/Nord Agency", "Formsmedjan", "Changemaker Educations",
)  # fmt: skip

FUNDERS = (
    ("Europeiska regionala utvecklingsfonden", "European Regional Development Fund"),
    ("Region Norrbotten", ""),
    ("Piteå kommun", "Piteå Municipality"),
    ("Luleå kommun", "Luleå Municipality"),
    ("Boden Business Park", ""),
    ("Sparbanken Nord", ""),
    ("Luleå tekniska universitet", "Luleå University of Technology"),
    ("Klusterbolagen", "The cluster companies"),
)

# Kreametern's sectors, in words that companies of this cluster use.
SECTORS = (
    ("arkitektur", "Arkitektur", "Architecture"),
    ("dataspel", "Dataspel", "Games"),
    ("design", "Design", "Design"),
    ("film-och-tv", "Film och tv", "Film and TV"),
    ("foto", "Foto", "Photography"),
    ("konst", "Konst", "Art"),
    ("kulturutbildning", "Kulturutbildning", "Creative education"),
    ("litteratur-och-press", "Litteratur och press", "Literature and press"),
    ("mode", "Mode", "Fashion"),
    ("musik-och-scenkonst", "Musik och scenkonst", "Music and performing arts"),
    ("radio-och-ljud", "Radio och ljud", "Radio and sound"),
    ("reklam", "Reklam och kommunikation", "Advertising and communication"),
    ("webb-och-digitala-tjanster", "Webb och digitala tjänster", "Web and digital services"),
)

CLUSTER = {
    "name": "Creative North",
    "headline_sv": "Norr är en riktning",
    "headline_en": "North is a direction",
    "lead_sv": "Creative North är norra Sveriges kreativa branschkluster. Här gör kreativa och digitala företag affärer "
    "med varandra, lär av varandra och blir starkare tillsammans – samtidigt som de konkurrerar.",
    "lead_en": "Creative North is the cluster of creative and digital companies in northern Sweden. Here they do business "
    "with each other, learn from each other and grow stronger together – while they compete.",
    "why_sv": "Ett kluster är företag i samma bransch och på samma plats som gör affärer med varandra och skapar värde för "
    "varandra, samtidigt som de tävlar om uppdragen. Företag i kluster berättar att de växer snabbare, säljer mer och har "
    "lättare att hitta rätt folk.\n\nDet behövs. Tekniken byter skepnad, kompetens är svår att hitta, marginalerna är små "
    "och affärsmodellerna förändras. Därför tog företagen själva initiativet till Creative North. Piteå Science Park "
    "driver klustret tillsammans med branschen och de kreativa utbildningarna vid Luleå tekniska universitet och "
    "yrkeshögskolorna.",
    "why_en": "A cluster is companies in the same industry and the same place that do business with each other and create "
    "value for each other while they compete. Companies in clusters say that they grow faster, sell more and find the "
    "right people more easily.\n\nIt is needed. Technology keeps changing shape, skills are hard to find, margins are "
    "thin and business models shift. So the companies themselves took the initiative to Creative North. Piteå Science "
    "Park runs the cluster together with the industry and the creative educations at Luleå University of Technology and "
    "the vocational schools.",
    "progress_sv": "Vi började som tolv. Vid femton kan klustret synas på den europeiska klusterplattformen. Vid arton är vi "
    "i mål – för den här gången.",
    "progress_en": "We began as twelve. At fifteen the cluster can be listed on the European cluster platform. At eighteen we "
    "have reached our goal – for now.",
    "invitation_sv": "Driver du ett kreativt eller digitalt företag i norr? Hör av dig. Vi tar en fika, berättar hur vi "
    "jobbar och lyssnar på vad du behöver.",
    "invitation_en": "Do you run a creative or digital company in the north? Get in touch. We will have a coffee, tell you "
    "how we work and listen to what you need.",
    "about_sv": "Creative North började som ett treårigt EU-projekt med ett enkelt syfte: mer samarbete, delad kunskap och "
    "innovation. Det ska ge starkare företag, jobb och tillväxt i regionen – och framtidens kreativa företag.\n\n"
    "## Det här gör vi\n\n- Aktiviteter för hela klustret: träffar, workshoppar, studiebesök.\n- Utvecklings- och "
    "innovationsprogram för tre målgrupper: verksamhetsledare och chefer, projektledare och kreatörer.\n- Strategier för "
    "hur branschen får rätt kompetens på lång sikt.\n- En strategi för hur samarbetet lever vidare, som lämnas till "
    "kommuner, region, akademi och utbildare.",
    "about_en": "Creative North began as a three-year EU project with a simple purpose: more cooperation, shared knowledge "
    "and innovation. It is to bring stronger companies, jobs and growth in the region – and the creative companies of "
    "the future.\n\n## What we do\n\n- Activities for the whole cluster: meetings, workshops, study visits.\n- Development "
    "and innovation programmes for three groups: managers, project leaders and creators.\n- Strategies for how the "
    "industry finds the skills it needs in the long run.\n- A strategy for how the cooperation lives on, delivered to "
    "municipalities, region, academia and educators.",
    "results_sv": "Tolv företag deltar i klustret. Målet är arton.",
    "results_en": "Twelve companies take part in the cluster. The goal is eighteen.",
    "strategy_sv": "Strategin tas fram tillsammans med företagen, utbildningarna och de offentliga parterna. Den publiceras "
    "här när den är klar.",
    "strategy_en": "The strategy is made together with the companies, the educators and the public parties. It is "
    "published here when it is done.",
    "privacy_sv": "Vi sparar de uppgifter du själv lämnar när du skickar ett formulär eller har ett konto: namn, "
    "kontaktuppgifter, företag och det du skriver.",
    "privacy_en": "We keep what you give us when you send a form or hold an account: name, contact details, company and "
    "what you write.",
    "barriers_sv": "- Texter som företag och personal skriver på svenska finns ibland inte på engelska. Skäl: de översätts "
    "efter hand; den svenska texten är märkt som svensk.\n- Bilder som företag laddar upp kan innehålla text. Skäl: de "
    "kommer utifrån; varje bild har en beskrivning.",
    "barriers_en": "- Texts that companies and staff write in Swedish are sometimes missing in English. Reason: they are "
    "translated over time; the Swedish text is marked as Swedish.\n- Pictures that companies upload may contain text. "
    "Reason: they come from elsewhere; each picture has a description.",
    "accessibility_status": "partial",
    "accessibility_assessed_on": date(2026, 11, 23),
    "contact_name": "Greta Wimander",
    "contact_email": "greta.wimander@piteasciencepark.se",
    "contact_phone": "+46703028222",
}

PROJECT = {
    "name_sv": "Creative North – norra Sveriges kreativa branschkluster",
    "name_en": "Creative North – the creative cluster of northern Sweden",
    "period": "2014-2020",
    "summary_sv": "Ett treårigt EU-projekt för mer samarbete, delad kunskap och innovation bland kreativa och digitala "
    "företag i norra Sverige.",
    "summary_en": "A three-year EU project for more cooperation, shared knowledge and innovation among creative and digital "
    "companies in northern Sweden.",
    "is_present": True,
}
