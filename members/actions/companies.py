from django.db import transaction


@transaction.atomic
def replace_logo(*, company, file=None):
    """Give the company the picture as its logo, or none; the file of the old one goes once that is certain."""
    storage, old = company.logo.storage, company.logo.name
    company.logo = file or ""
    company.save(update_fields=["logo"])
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    return company
