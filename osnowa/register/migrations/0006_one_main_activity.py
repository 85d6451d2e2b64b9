"""One main activity again on PostgreSQL; no index for the order by places, which snapshots know.

0005_lean, taking away the index of the key of an organisation, took on PostgreSQL the unique one of main activities with it.
"""

from typing import Any

from django.db import migrations


def once_again(apps: Any, schema: Any) -> None:
    if schema.connection.vendor == "postgresql":
        schema.execute("CREATE UNIQUE INDEX IF NOT EXISTS one_main_activity ON register_activity (organisation_id) WHERE is_main")


class Migration(migrations.Migration):
    dependencies = [("register", "0005_lean")]

    operations = [
        migrations.RunPython(once_again, migrations.RunPython.noop),
        migrations.RemoveIndex("organisation", "organisation_by_locality"),
    ]
