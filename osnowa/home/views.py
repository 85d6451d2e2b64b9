"""First page, about, accessibility, privacy, and the search across all regions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit.doors import public


@public()
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "home/front.html")


@public()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@public()
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "home/search.html")
