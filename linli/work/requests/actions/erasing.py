"""Erasing what people wrote once its time is over. The steps, the days and every count stay."""

from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.work.requests.models import Complaint, Photo, Request, Said

NO_WORDS = {"words": "", "place_note": "", "contact": "", "lat": None, "lon": None}
NO_COMPLAINT = {"words": "", "about": "", "contact": "", "answer": "", "note": ""}


@action
def erase_due(*, by="linli", today):
    """Contacts, then words, places, photos and answers whose day has come: (contacts, requests) erased."""
    contacts = Request.objects.filter(erase_contact_on__lte=today, erased_at=None).exclude(contact="")
    contacts = contacts.update(contact="")
    Photo.objects.filter(request__erase_words_on__lte=today).delete()
    said, _each = Said.objects.filter(update__request__erase_words_on__lte=today).delete()  # said after erasing as well
    due = Request.objects.filter(erase_words_on__lte=today, erased_at=None)
    requests = due.update(**NO_WORDS, erased_at=clock.now())
    if contacts or requests or said:
        day = f"day:{today.isoformat()}"
        record(by=by, action="requests.erase", subject=day, contacts=contacts, requests=requests, said=said)
    _complaints(by, today)
    return contacts, requests


def _complaints(by, today):
    Complaint.objects.filter(erase_contact_on__lte=today).exclude(contact="").update(contact="")
    due = Complaint.objects.filter(erase_words_on__lte=today).exclude(**NO_COMPLAINT)
    for number, bureau in due.values_list("number", "bureau__code"):
        record(by=by, action="requests.erase_complaint", subject=f"complaint:{number}", bureau=bureau)
    due.update(**NO_COMPLAINT, erased_at=clock.now())
