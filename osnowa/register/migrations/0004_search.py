"""The index of search in the engine at hand; the folded text it stands for goes."""

from typing import Any

from django.db import migrations, models


def build(apps: Any, schema: Any) -> None:
    from osnowa.register.search import engine

    for statement in engine.SQLITE if schema.connection.vendor == "sqlite" else engine.POSTGRESQL:
        schema.execute(statement)


def begin(apps: Any, schema: Any) -> None:
    """An empty index is up to date; that of a register that stands is built once its tables are (`osnowa migrate`)."""
    if not apps.get_model("register", "Organisation")._base_manager.exists():
        from osnowa.register.search import rebuild

        rebuild()


def tear_down(apps: Any, schema: Any) -> None:
    from osnowa.register.search import engine

    names = (engine.TOLD, engine.ANEW) if schema.connection.vendor == "sqlite" else ()
    for name in (*names, engine.ROWS, engine.VOCABULARY):
        schema.execute(f"DROP TABLE {name}")


def write_text_again(apps: Any, schema: Any) -> None:
    """Names, place and numbers, folded into one text, as the search before this one wants them."""
    from osnowa.kit.words import fold

    Organisation = apps.get_model("register", "Organisation")
    rows = Organisation._base_manager.select_related("municipality").prefetch_related("identifiers").order_by("pk")
    for it in rows.iterator(500):
        names = [it.legal_name, it.short_name, *it.other_names, it.locality, it.municipality.name if it.municipality else ""]
        numbers = [number.value for number in it.identifiers.all()]
        Organisation._base_manager.filter(pk=it.pk).update(search_fold=" ".join(fold(word) for word in filter(None, (*names, *numbers))))


class Migration(migrations.Migration):
    dependencies = [("register", "0003_observatory")]

    operations = [
        migrations.RunPython(build, tear_down),
        migrations.RunPython(migrations.RunPython.noop, write_text_again),
        migrations.AlterField("organisation", "search_fold", models.TextField(editable=False, default="")),
        migrations.RemoveField("organisation", "search_fold"),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
