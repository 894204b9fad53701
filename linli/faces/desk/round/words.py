"""The words the round's page carries along, so that it speaks its reader's language without a network."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.work.disputes import kinds as of_disputes
from linli.work.requests import kinds as of_requests
from linli.work.worklog import kinds as of_work


def works():
    """(code, word) of the kinds of work."""
    return [(code, str(word)) for code, word in of_work.WORKS.items()]


def calls():
    """(code, word) of what an officer is called away for."""
    return [(code, str(word)) for code, word in of_work.AWAY.items()]


def requests():
    """(code, word) of what a resident may say."""
    return [(code, kind.name()) for code, kind in of_requests.KINDS.items()]


def disputes():
    """(code, word) of the kinds of dispute."""
    return [(code, str(word)) for code, word in of_disputes.KINDS.items()]


def scales():
    """(code, word) of how many people are in a dispute."""
    return [(code, str(word)) for code, word in of_disputes.SCALES.items()]


def urgencies():
    """(code, word) of how soon somebody must come."""
    return [(code, str(word)) for code, word in of_disputes.URGENCIES.items()]


def kinds():
    """type of record -> {code: word}."""
    named = {"work": works, "change": works, "request": requests, "dispute": disputes, "call": calls}
    return {kind: dict(words()) for kind, words in named.items()}


def types():
    """type of record -> what it is called."""
    return {
        "work": _("Work"),
        "change": _("Change of a work"),
        "request": _("A resident said"),
        "dispute": _("Dispute"),
        "call": _("Called away"),
    }


def texts():
    """Everything the script says; {n}, {time}, {kind} are filled in there."""
    return {
        "offline": _("No network. Everything is kept on this phone."),
        "offline_waiting": _("No network. Waiting on this phone: {n}"),
        "all_sent": _("Everything is sent."),
        "sending": _("Sending… still waiting: {n}"),
        "waiting": _("Waiting to be sent: {n}"),
        "login": _("You are logged out. Log in again and {n} waiting will be sent."),
        "login_none": _("You are logged out."),
        "other_account": _("Somebody else is logged in. What you wrote waits until you log in again."),
        "not_open": _("The server does not take records from this account."),
        "attention": _("Look at this: {n}"),
        "others": _("Records of another officer wait on this phone: {n}. They are sent when that officer logs in."),
        "running": _("{kind} since {time}"),
        "minutes": _("{n} min"),
        "kept": _("Kept: {kind}"),
        "since": _("As of {time}"),
        "never": _("The day's list has not been fetched yet."),
        "old": _("This list is older than a day and was erased. It comes back with the network."),
        "nothing": _("Nothing"),
        "due": _("due {time}"),
        "late": _("late"),
        "is_waiting": pgettext("record on a phone", "not sent yet"),
        "is_running": pgettext("record on a phone", "running"),
        "is_sending": pgettext("record on a phone", "being sent"),
        "is_refused": pgettext("record on a phone", "not taken"),
        "is_conflict": pgettext("record on a phone", "differs"),
        "is_done": pgettext("record on a phone", "arrived"),
        "receipt": _("Receipt code for the sender: {code}"),
        "no_storage": _("This browser keeps nothing. Use another window than a private one."),
        "full": _("The phone's storage is full: it could not be kept. Make room and try again."),
        "no_photo": _("That is no picture."),
        "no_voice": _("The microphone is not open to this page."),
        "photo": _("Photo"),
        "voice": _("Voice, {n} s"),
        "spoken": _("Voice"),
        "speak": _("Record voice"),
        "stop_voice": _("End recording ({n} s)"),
        "on_its_way": _("It is on its way already; wait for the answer."),
        "too_large": _("The server cannot take this record as it is. Make it smaller or drop it."),
        "wrong_way": _("It ends before it begins."),
        "mine": _("Mine"),
        "theirs": _("What stands there now"),
        "drop_sure": _("Delete it for good? It has not arrived at the server."),
    }
