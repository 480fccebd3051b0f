from django.utils.text import slugify

from creativenorth.text.swedish import fold


def free_slug(model, title, pk=None):
    """An address made of the title that no other object of the model has; `pk` is the object itself."""
    taken = model.objects.exclude(pk=pk)
    longest = model._meta.get_field("slug").max_length - 6  # room for a number behind it
    stem = slugify(fold(title))[:longest].strip("-") or "sida"
    slug, number = stem, 1
    while taken.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
