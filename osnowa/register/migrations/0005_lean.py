"""Indexes that nothing asks go, those the orders of the directory walk along come: 2.8 million organisations in 2.5 GB."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def organisation(related_name: str) -> models.ForeignKey:
    """The key of an organisation in a part of it, whose first unique constraint begins with it."""
    return models.ForeignKey(
        to="register.organisation", on_delete=django.db.models.deletion.CASCADE, db_index=False, related_name=related_name
    )


def another(related_name: str) -> models.ForeignKey:
    """The key of another organisation, which few have."""
    return models.ForeignKey(
        to="register.organisation", on_delete=django.db.models.deletion.PROTECT, null=True, blank=True, db_index=False,
        related_name=related_name,
    )  # fmt: skip


OTHERS = {"parent": "units", "successor": "predecessors", "merged_into": "merged_records"}


def unconfirmed_first(apps: Any, schema: Any) -> None:
    """On PostgreSQL an index has its empty days at the end unless told otherwise; the directory wants them first."""
    if schema.connection.vendor == "postgresql":
        schema.execute("DROP INDEX organisation_by_confirmed")
        schema.execute("CREATE INDEX organisation_by_confirmed ON register_organisation (region_id, last_confirmed_on NULLS FIRST)")


class Migration(migrations.Migration):
    dependencies = [("register", "0004_search")]

    operations = [
        migrations.AlterField(
            "organisation", "region",
            models.ForeignKey(
                to="places.region", on_delete=django.db.models.deletion.PROTECT, db_index=False, related_name="organisations"
            ),
        ),
        migrations.AlterField("organisation", "slug", models.SlugField(max_length=80, db_index=False)),
        *(migrations.AlterField("organisation", name, another(related)) for name, related in OTHERS.items()),
        *(
            migrations.AlterField(model, "organisation", organisation(related))
            for model, related in (
                ("identifier", "identifiers"), ("activity", "activities"), ("servicearea", "service_areas"), ("yearlyfigures", "figures"),
            )
        ),
        migrations.RemoveIndex("activity", "register_ac_nace_2d74d9_idx"),
        migrations.RemoveIndex("servicearea", "register_se_code_5c7150_idx"),
        migrations.RemoveIndex("organisation", "organisation_by_status"),
        migrations.AddIndex("organisation", models.Index(fields=["region", "locality"], name="organisation_by_locality")),
        migrations.AddIndex("organisation", models.Index(fields=["region", "changed_at"], name="organisation_by_changed")),
        *(
            migrations.AddIndex(
                "organisation",
                models.Index(fields=[name], condition=models.Q(**{f"{name}__isnull": False}), name=f"organisation_by_{name}"),
            )
            for name in OTHERS
        ),
        migrations.RunPython(unconfirmed_first, migrations.RunPython.noop),
    ]  # fmt: skip
