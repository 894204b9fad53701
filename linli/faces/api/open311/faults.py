"""What is said when nothing else is answered, in the shape the protocol has for it."""

from linli.faces.api.open311.formats import answered


class Fault(Exception):
    """Why nothing else is answered: a status and what is wrong, each in a sentence. wait: seconds until it may pass."""

    def __init__(self, status, *said, wait=0):
        self.status, self.said, self.wait = status, said, wait
        super().__init__(status, *said)


def said(form, fault, methods):
    """The response of a fault in the format ``form``; methods: those the address answers."""
    errors = [{"code": str(fault.status), "description": said} for said in fault.said]
    response = answered(form, "errors", errors, fault.status)
    if fault.status == 405:
        response["Allow"] = ", ".join(methods)
    if fault.wait:
        response["Retry-After"] = str(fault.wait)
    return response
