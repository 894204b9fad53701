"""Notices (通報): circulars of criticism and praise in the layout of GB/T 9704, naming leader and office too.

The personnel office drafts, the secretary signs; the readers' receipts are kept. Withdrawal is a correction to the same
readers.
"""
