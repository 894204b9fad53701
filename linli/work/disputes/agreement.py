"""The agreement (人民調解協議書) in Word: who the parties are is written by hand, and nowhere else."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.book.official import Official
from linli.book.steady import repacked
from linli.ground.trail.language import reader
from linli.work.disputes.wording import day, kind_of

BLANK = "\n"  # room to write by hand


def as_docx(dispute):
    """Its bytes: parties blank, facts and agreement from the record, cells for three signatures and the seal."""
    lang = reader()
    if lang == "en":  # a document of the state is in Chinese
        with override("zh-hant"):
            return as_docx(dispute)
    document = Official(lang)
    document.title(_("Mediation agreement"))
    document.recipients(_("No. %(number)s") % {"number": dispute.number})
    document.form([
        [(_("Side A"), BLANK)],
        [(_("Side B"), BLANK)],
        [(_("Community"), dispute.community.name), (_("Kind"), str(kind_of(dispute)))],
        [(_("What the dispute is about"), dispute.title)],
        [(_("The facts, and what is in dispute"), BLANK)],
        [(_("What was agreed"), dispute.agreement)],
        [(_("How and by when"), BLANK)],
        [(_("Day of the agreement"), day(dispute.settled_on)), (_("Copies"), _("one to each side, one kept"))],
    ])  # fmt: skip
    document.text(
        _(
            "Both sides agree freely. Either side may ask the other to confirm this agreement in court within "
            "thirty days (People's Mediation Act, article 33)."
        )
    )
    document.form([
        [(_("Side A (signature)"), BLANK), (_("Side B (signature)"), BLANK)],
        [(_("Mediator (signature)"), BLANK), (_("Seal of the committee"), BLANK)],
        [(_("Recorded by"), ""), (_("Date"), "")],
    ], label=34)  # fmt: skip
    return repacked(document.as_bytes(_("Mediation agreement")), str(dispute.settled_on))
