"""Every write of this room: an officer's card and bulletins. What residents say is written by the working rooms."""

from linli.faces.portal.actions.bulletins import change, publish, withdraw
from linli.faces.portal.actions.cards import write_card

__all__ = ["change", "publish", "withdraw", "write_card"]
