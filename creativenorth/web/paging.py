"""One page of a list, chosen by its number in the address; shown by `components/_pagination.html`."""

from django.core.paginator import Paginator

PARAMETER = "page"


def page_of(rows, asked, per_page, *, parameter=PARAMETER):
    """The page whose number `asked`, the address's query, names; the first or last one where there is none such."""
    paginator = rows if isinstance(rows, Paginator) else Paginator(rows, per_page)
    return paginator.get_page(asked.get(parameter))
