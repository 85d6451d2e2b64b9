"""Addresses of assessments; all carry the language in front."""

from django.urls import path

from osnowa.assessments.views import answering, instruments, paper, results, rounds

app_name = "assessments"
urlpatterns = [
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("<slug:region>/assessments/", rounds.rounds, name="rounds"),
    path("<slug:region>/assessments/compare/", results.compare, name="compare"),
    path("<slug:region>/assessments/instruments/", instruments.instruments, name="instruments"),
    path("<slug:region>/assessments/instruments/import/", instruments.importing, name="import"),
    path("<slug:region>/assessments/instruments/<int:instrument>/", instruments.instrument, name="instrument"),
    path("<slug:region>/assessments/instruments/<int:instrument>/edit/", instruments.edit, name="edit"),
    path("<slug:region>/assessments/instruments/<int:instrument>/dimensions/", instruments.arrange, name="arrange"),
    path("<slug:region>/assessments/instruments/<int:instrument>/dimensions/new/", instruments.add_dimension, name="add_dimension"),
    path("<slug:region>/assessments/instruments/<int:instrument>/edit/<str:code>/", instruments.edit_dimension, name="edit_dimension"),
    path("<slug:region>/assessments/instruments/<int:instrument>/as/<str:form>/", instruments.instrument_file, name="instrument_file"),
    path("<slug:region>/assessments/blocks/<int:block>/", rounds.in_block, name="in_block"),
    path("<slug:region>/assessments/new/", rounds.new, name="new"),
    path("<slug:region>/assessments/rounds/<slug:slug>/", results.round_results, name="round"),
    path("<slug:region>/assessments/rounds/<slug:slug>/xlsx/", results.round_file, name="round_file"),
    path("<slug:region>/assessments/rounds/<slug:slug>/settings/", rounds.settings, name="settings"),
    path("<slug:region>/assessments/rounds/<slug:slug>/open/", rounds.open_round, name="open"),
    path("<slug:region>/assessments/rounds/<slug:slug>/close/", rounds.close_round, name="close"),
    path("<slug:region>/assessments/rounds/<slug:slug>/agreed/<str:code>/", results.agreed, name="agreed"),
    path("<slug:region>/assessments/rounds/<slug:slug>/paper/", paper.enter, name="paper"),
    path("<slug:region>/assessments/rounds/<slug:slug>/form/", paper.form, name="form"),
]
