"""V9 in the database: what was frozen is not changed, whoever writes."""

from django.db import migrations

_TEXT = "EXISTS (SELECT 1 FROM agreements_agreement a WHERE a.id = OLD.agreement_id AND a.sha256 <> '')"
#: (table, when a change of its rows is refused, in the words of both databases)
_GUARDS = (
    ("agreements_text", f"{_TEXT} AND ({{text}} OR NEW.number <> OLD.number OR NEW.agreement_id <> OLD.agreement_id)"),
    (
        "agreements_agreement",
        "OLD.sha256 <> '' AND (NEW.sha256 <> OLD.sha256 OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind OR NEW.language <> OLD.language OR NEW.code <> OLD.code)",
    ),
)
_SAID = "v9: what was frozen is not changed"


def guard(apps, editor):
    for table, when in _GUARDS:
        if editor.connection.vendor == "postgresql":
            condition = when.format(text="NEW.blocks IS DISTINCT FROM OLD.blocks")
            editor.execute(
                f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            editor.execute(f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_frozen()")
        else:
            condition = when.format(text="NEW.blocks <> OLD.blocks")
            editor.execute(f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")


def unguard(apps, editor):
    for table, _when in _GUARDS:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {table}_frozen{on}")
        if on:
            editor.execute(f"DROP FUNCTION {table}_frozen()")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
