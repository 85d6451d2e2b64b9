from django.urls import path

from osnowa.indicators.views import catalogue, changes, importing, profiles, sector_table, statistics, strengths

app_name = "indicators"
urlpatterns = [
    path("indicators/", catalogue.indicators, name="indicators"),
    path("indicators/import/", importing.importing, name="import"),
    path("indicators/import/<uuid:job>/apply/", importing.apply, name="apply"),
    path("indicators/releases/<int:number>/take-back/", importing.take_back, name="take_back"),
    path("indicators/<str:code>/", catalogue.indicator, name="indicator"),
    path("indicators/<str:code>/<str:form>/", catalogue.indicator_file, name="indicator_file"),
    path("<slug:region>/indicators/", profiles.region_profile, name="profile"),
    path("<slug:region>/indicators/<str:form>/", profiles.region_profile_file, name="profile_file"),
    path("<slug:region>/statistics/strengths/", strengths.strong_in, name="strengths"),
    path("<slug:region>/statistics/", statistics.statistics, name="statistics"),
    path("<slug:region>/statistics/tables/", statistics.tables, name="tables"),
    path("<slug:region>/statistics/tables/<str:form>/", statistics.tables_file, name="tables_file"),
    path("<slug:region>/statistics/changes/", changes.changes, name="changes"),
    path("<slug:region>/statistics/changes/<str:form>/", changes.changes_file, name="changes_file"),
    path("<slug:region>/statistics/figures/", statistics.figures, name="figures"),
    path("<slug:region>/statistics/figures/<str:form>/", statistics.figures_file, name="figures_file"),
    path("<slug:region>/statistics/snapshots/", changes.snapshots, name="snapshots"),
    path("<slug:region>/statistics/snapshots/keep/", changes.keep_snapshot, name="keep_snapshot"),
    path("<slug:region>/statistics/sector-table/", sector_table.sector_table, name="sector_table"),
    path("<slug:region>/statistics/sector-table/<str:form>/", sector_table.sector_table_file, name="sector_table_file"),
]
