"""Rows that are written once, kept so by the database itself."""

from django.db import migrations

from linli.ground.trail.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [protect("appraisal_computation"), protect("appraisal_score"), protect("appraisal_figure")]
