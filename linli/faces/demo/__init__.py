"""Demo: the invented county over six quarters, built only through actions, with a login for every role.

Five quarters are published, the sixth is in its objection period with one objection waiting; one promise is overdue.
Everybody and every place in it is invented.
"""
