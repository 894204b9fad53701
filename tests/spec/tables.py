"""All tables by the name under which they stand on the rules page, in its order."""

from tests.spec import binding_tables, bottom_tables, money_tables, standing_tables

TABLES = {
    "order": standing_tables.ORDER,
    "ties": standing_tables.TIES,
    "first": bottom_tables.FIRST,
    "line": standing_tables.LINE,
    "twice": bottom_tables.TWICE,
    "reason": bottom_tables.REASON,
    "waiting": bottom_tables.WAITING,
    "leader-days": binding_tables.LEADER_DAYS,
    "joint": binding_tables.JOINT,
    "refusal": binding_tables.REFUSAL,
    "allowance": money_tables.ALLOWANCE,
    "pot": money_tables.POT,
    "months": money_tables.MONTHS,
    "year": money_tables.YEAR,
}
