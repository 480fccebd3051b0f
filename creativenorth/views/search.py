"""One search over what every app has to be found."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creativenorth.search import forgiving
from creativenorth.search.groups import search_groups

HITS_PER_GROUP = 20
LONGEST_QUESTION = 100


@login_not_required
@require_safe
def search(request):
    """GET ?q=: what the person may see that has every word, in groups; without words the empty form."""
    question = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    answer = forgiving(question, *[partial(group.rows, request.user) for group in search_groups]) if question else None
    groups = [_found(group, request.user, answer.question) for group in search_groups] if answer else []
    found = [group for group in groups if group["count"]]
    context = {"question": question, "answer": answer, "groups": found, "count": sum(group["count"] for group in found)}
    return render(request, "creativenorth/search.html", context)


def _found(group, user, question):
    """All rows are counted only where there are more than are shown."""
    rows = group.rows(user, question)
    first = list(rows[: HITS_PER_GROUP + 1])
    return {
        "name": group.name,
        "title": group.title,
        "list_route": group.list_route,
        "count": len(first) if len(first) <= HITS_PER_GROUP else rows.count(),
        "hits": group.hits(first[:HITS_PER_GROUP], user),
        "has_more": len(first) > HITS_PER_GROUP,
    }
