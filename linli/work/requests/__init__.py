"""What residents say, seen through to the end; and complaints about police, which supervision alone reads.

A resident says something without an account and is given a receipt code. The community's officer and station answer,
hand on, solve or decline; departments take what is handed to them; a cadre enters paper slips; the personnel office and
leaders see counts. Feeds no scored rate: what is shown is how much was handled within its deadline.
"""
