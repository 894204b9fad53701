"""The officer's round: a page that opens without a network, keeps what is written in the phone, and sends it once.

Officers work in it. It owns no record of work: it hands each to ``worklog``, ``requests`` or ``disputes`` and keeps
only the ledger of what was sent (``Sent``). What runs on the phone stands in ``static/desk/round``.
"""
