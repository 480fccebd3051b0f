"""The form data of an admin page as somebody opened it, to be sent later."""


def shown(client, page):
    """What a browser would send of the page as it is now, hidden fields and all."""
    context = client.get(page).context
    forms, data = [context["adminform"].form], {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for bound in (bound for form in forms for bound in form if not bound.field.disabled):
        value = bound.value()
        plain = [str(getattr(each, "pk", each)) for each in value] if isinstance(value, list) else value
        if plain is not None and plain is not False and not hasattr(value, "storage"):
            data[bound.html_name] = "on" if plain is True else plain
        if bound.field.show_hidden_initial:
            data[bound.html_initial_name] = "" if plain is None else plain
    return data


def errors(response):
    found = [context_form.errors for context_form in [response.context["adminform"].form]]
    found += [form.errors for inline in response.context["inline_admin_formsets"] for form in inline.formset.forms]
    return {name: list(texts) for each in found for name, texts in each.items()}
