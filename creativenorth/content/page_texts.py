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
}
