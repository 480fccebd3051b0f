"""The first introductions of the public lists, which staff edit: {page: (Swedish, English)}."""

PAGE_TEXTS = {
    "directory": (
        "Studior, byråer och skapare i norra Sverige. Sök efter det du behöver, eller se dig omkring.",
        "Studios, agencies and makers in northern Sweden. Search for what you need, or just look around.",
    ),
    "activities": (
        "Workshoppar, seminarier och träffar där klustrets företag lär, provar och hittar varandra.",
        "Workshops, seminars and meetings where the companies of the cluster learn, try things out and find each other.",
    ),
    "programmes": (
        "Längre resor för dig som leder, dig som håller ihop projekt och dig som skapar.",
        "Longer journeys for those who lead, those who hold projects together and those who create.",
    ),
    "news": ("Vad som händer i klustret och hos företagen i det.", "What happens in the cluster and at its companies."),
    "strategy": (
        "Hur samarbetet fortsätter, och vad vi vill tillsammans.",
        "How we go on working together, and where we want to go.",
    ),
    "results": (
        "Vad som har kommit ut av arbetet så här långt. Siffrorna räknas ur portalens egna uppgifter.",
        "What has come of the work so far. The figures are counted from the portal’s own records.",
    ),
    "join": (
        "Driver du ett kreativt eller digitalt företag i norra Sverige? Berätta vilka ni är, så hör vi av oss.",
        "Do you run a creative or digital company in northern Sweden? Tell us who you are, and we will be in touch.",
    ),
}

# What stands under the introduction, in Markdown.
PAGE_DETAILS = {
    "join": (
        "## Vem kan vara med\n\nFöretag som arbetar kreativt eller digitalt i norra Sverige, små som stora. Har du inget företag än,"
        " eller studerar du? Skriv ändå: du kan delta i aktiviteter som dig själv.\n\n"
        "## Vad det ger\n\n- En egen sida i katalogen, med era arbeten.\n- Plats på klustrets aktiviteter och program.\n"
        "- Kollegor att lära av och göra affärer med.\n\n"
        "## Vad det kostar\n\nDet säger vi när vi hörs, innan du bestämmer dig. Att fråga binder dig inte till något.\n\n"
        "## När du får svar\n\nEn av oss hör av sig inom en vecka.",
        "## Who may join\n\nCompanies that work creatively or digitally in northern Sweden, small and large. Do you have no"
        " company yet, or are you a student? Write anyway: you can take part in activities as yourself.\n\n"
        "## What you get\n\n- A page of your own in the directory, with your works.\n- A place at the cluster’s activities and"
        " programmes.\n- Colleagues to learn from and do business with.\n\n"
        "## What it costs\n\nWe tell you when we talk, before you decide. Asking does not bind you to anything.\n\n"
        "## When you hear from us\n\nOne of us gets in touch within a week.",
    ),
}
