"""Rows that are written once, kept so by the database itself."""

from django.db import migrations

from linli.ground.trail.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [protect("surveys_questionnaire"), protect("surveys_result")]
