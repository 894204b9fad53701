"""Open311 GeoReport v2: what other programs send on a resident's behalf, and what anybody may read of requests.

A jurisdiction is a bureau, a service a kind of request; complaints about police and things seen are not offered. Read
in this order: ``views`` (the methods of the protocol), ``door`` (faults and formats), ``sent`` (what a program sends),
``reading`` (what is answered), ``formats`` (JSON and XML of one shape), ``description`` (the same for machines).
"""
