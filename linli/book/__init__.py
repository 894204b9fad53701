"""The county book and the scheme: read as people really make them, checked once at the door, written as promised.

``read`` gives a ``heng.evidence.Book``, ``scheme`` a ``heng.scheme.Scheme``; both refuse with every problem at once
(``problems.BadBook``). ``write`` turns an appraised quarter into the files of the contract. No Django in here.
"""
