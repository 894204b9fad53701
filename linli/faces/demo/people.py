"""Who plays in the demo: a login for every role, all with one password. Everybody is invented."""

from linli.ground.accounts.roles import Role

PASSWORD = "linli-demo-2026"
BUREAU, BUREAU_NAME = "linjiang", "臨江縣公安局"
# account -> (role, name shown, office in the county book, as the scheme names it, kind of office)
STAFF = {
    "personnel": (Role.PERSONNEL, "政工室", "政工室", "political and personnel office", "office"),
    "personnel2": (Role.PERSONNEL, "政工室（複核）", "政工室", "political and personnel office", "office"),
    "supervision": (Role.SUPERVISION, "督察大隊", "督察大隊", "supervision office", "office"),
    "station": (Role.STATION, "派出所", "派出所", "police station", "station"),
    "committee": (Role.DEPARTMENT, "社區居民委員會", "社區居民委員會", "residents' committee", "committee"),
    "command": (Role.DEPARTMENT, "指揮中心", "指揮中心", "command centre", "office"),
    "publicorder": (Role.DEPARTMENT, "治安大隊", "治安大隊", "public-order brigade", "office"),
    "investigation": (Role.DEPARTMENT, "刑偵大隊", "刑偵大隊", "investigation brigade", "office"),
    "mediation": (Role.DEPARTMENT, "人民調解委員會", "人民調解委員會", "mediation committee", "outside"),
    "governance": (Role.DEPARTMENT, "綜治中心", "綜治中心", "governance centre", "outside"),
}
PLAIN_OFFICES = ("戶政股", "法制股", "交警大隊", "後勤股", "出入境股", "監所股")
_SHOWN = (
    ("o08", "社區民警 廖小芳", "community officer, objection waiting"),
    ("o04", "社區民警 唐敏", "community officer"),
    ("station", "派出所", "police station"),
    ("command", "指揮中心", "department: supplies and verifies"),
    ("personnel", "政工室", "political and personnel office"),
    ("personnel2", "政工室（複核）", "the second pair of eyes for money and corrections"),
    ("supervision", "督察大隊", "supervision"),
    ("leader1", "局領導甲", "bureau leader"),
    ("secretary", "局黨委書記", "Party committee secretary"),
    ("cadre", "社區幹部", "community cadre"),
    ("province", "省廳", "province viewer"),
    ("administrator", "系統管理員", "administrator: accounts, no scores"),
    ("auditor", "審計員", "auditor: the trail"),
)


def printed(url):
    """What is printed when the demo starts: where it is and who can log in."""
    lines = [f"鄰里 Linli  {url}", "", f"Password of all: {PASSWORD}   (the demo listens on this machine only)", ""]
    lines += [f"  {account:<14} {english}  {name}" for account, name, english in _SHOWN]
    lines += ["", f"For residents, without an account: {url}/p/{BUREAU}/"]
    lines += ["", "Also o01 … o11, leader1 … leader7 and the other departments: committee, publicorder,"]
    lines += ["investigation, mediation, governance. Everybody and every place is invented.", ""]
    return "\n".join(lines + ["The county is being built, about half a minute; /health says when it is ready."])
