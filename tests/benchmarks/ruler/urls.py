from django.shortcuts import render
from django.urls import path

LINKS = [("/", "Start"), ("/companies/", "Companies"), ("/activities/", "Activities"), ("/about/", "About")]
CARDS = [{"title": f"Company {number}", "text": "Games, film and sound", "url": f"/{number}/"} for number in range(12)]


def page(request):
    """GET: twelve cards, made without a query."""
    return render(request, "page.html", {"links": LINKS, "cards": CARDS})


urlpatterns = [path("", page)]
