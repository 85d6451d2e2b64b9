from django.urls import path

from osnowa.indicators.views import sector_table

app_name = "indicators"
urlpatterns = [
    path("<slug:region>/statistics/sector-table/", sector_table.sector_table, name="sector_table"),
    path("<slug:region>/statistics/sector-table/<str:form>/", sector_table.sector_table_file, name="sector_table_file"),
]
