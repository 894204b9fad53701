"""Every span of time of this room in one place: deadlines in working days, and how long what residents wrote is kept.

None of them is written in law; they are ours, to be changed here. What law asks stands beside the line.
"""

ARRIVE = 2  # working days in which an office takes what was handed to it, or it comes back
REOPENED = 3  # working days to answer a matter that its sender says is not solved
ASK_AFTER = 3  # days after solving until the sender is asked whether it is so
NEAR_METRES = 150  # two requests of one kind this near may be one matter
NEAR_DAYS = 14  # ... when they came within so many days of each other
HOT_DAYS = 28  # four whole weeks: as many Sundays in one window as in the other
SMALL = 5  # counts below are withheld from everybody outside the staff

CONTACT_KEPT = 30  # days after a matter ended that its sender's contact stays (PIPL art. 19: no longer than needed)
WORDS_KEPT = 180  # days after it ended that words, photo, place and answers stay: the sender may say "not solved"
CONTACT_KEPT_AT_MOST = 365  # days from the day it came, however long it stays open
WORDS_KEPT_AT_MOST = 730

COMPLAINT_ACKNOWLEDGED = 2  # working days until supervision has read a complaint and said so
COMPLAINT_ANSWERED = 15  # working days until it is answered; appeals in R-72 take longer, objections in R-71 five
COMPLAINT_CONTACT_KEPT = 90  # days after it was closed
COMPLAINT_WORDS_KEPT = 730
