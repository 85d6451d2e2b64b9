"""Addresses of assessments without a language: the link that is sent round."""

from django.urls import path

from osnowa.assessments.views import answering

app_name = "asked"
urlpatterns = [path("answer/<str:token>", answering.short, name="answer")]
