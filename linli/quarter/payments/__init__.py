"""Payments (兌現): budget lines with their approval, and every promise from promised to due to paid.

The personnel office pays and signs off; leaders see on their first page what is overdue. Takes what working rooms owe
through their ``dues`` doors.
"""
