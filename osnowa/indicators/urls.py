from django.urls import path

from osnowa.indicators import views

app_name = "indicators"
urlpatterns = [
    path("<slug:region>/statistics/sector-table/", views.sector_table, name="sector_table"),
    path("<slug:region>/statistics/sector-table/<str:form>/", views.sector_table_file, name="sector_table_file"),
]
