from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="told_number",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
