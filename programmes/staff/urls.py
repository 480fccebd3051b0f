"""Addresses of staff's own pages of the programmes, under /admin/programmes/."""

from django.urls import path

from programmes.staff import programmes

urlpatterns = [
    path("programme/<int:pk>/publication/", programmes.publication, name="programmes_programme_publication"),
    path("programme/<int:pk>/withdrawal/", programmes.withdrawal, name="programmes_programme_withdrawal"),
]
