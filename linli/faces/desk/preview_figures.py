"""What the preview shows: an invented bureau, quarter and county. Nobody and no place here exists."""

from types import SimpleNamespace

from linli.faces.desk import preview_charts

BUREAU = {"code": "431100", "name": "臨川縣公安局（虛構）"}
NAV = [
    {
        "label": "",
        "rooms": [
            {"url": "#", "label": "我的首頁", "current": True},
            {"url": "#", "label": "考核", "current": False},
            {"url": "#", "label": "指標", "current": False},
            {"url": "#", "label": "提議", "current": False},
            {"url": "#", "label": "發放", "current": False},
            {"url": "#", "label": "通報", "current": False},
            {"url": "#", "label": "民警", "current": False},
        ],
    }
]
STEPS = [
    ("數據截止", "done", "10月13日", ""),
    ("核對", "done", "10月13日", ""),
    ("凍結", "done", "10月15日", ""),
    ("計分，民警可看本人檔案", "done", "10月19日", ""),
    ("公示與異議", "now", "10月26日", ""),
    ("答覆異議", "late", "10月30日", "逾期 2 天"),
    ("領導小組", "ahead", "11月3日", ""),
    ("局黨委、公佈、通報", "ahead", "11月5日", ""),
    ("談話", "ahead", "11月12日", ""),
    ("發放", "ahead", "11月19日", ""),
]
COLUMNS = [
    {"label": "民警"},
    {"label": "社區"},
    {"label": "得分", "number": True, "sort_url": "?sort=score", "sorted": "descending"},
    {"label": "可能名次", "number": True},
    {"label": "狀態"},
]
OFFICERS = [
    ("O04 唐敏", "西園社區", "84.69", "1–9", "done", "已公佈"),
    ("O02 何秀蘭", "南市社區", "83.56", "1–9", "now", "公示中"),
    ("O10 陳玉梅", "桃林社區", "82.85", "1–9", "late", "逾期"),
    ("O06 黃志遠", "書院社區", "82.60", "1–9", "blocked", "等待會議紀要"),
    ("O01 周文清", "東門社區", "80.49", "1–9", "adverse", "不利提議"),
    ("O09 義建平", "石井社區", "", "", "ahead", "任職未滿 60 天"),
]


def pages():
    """(name, template, context) of every page of the preview."""
    common = {"bureau": BUREAU, "nav": NAV, "once": "once-0001", "clock": "2026年10月28日 09:30"}
    yield "parts", "preview/parts.html", {**common, **_parts()}
    yield "charts", "preview/charts.html", {**common, "charts": list(preview_charts.charts())}
    yield "charts-wide", "preview/charts.html", {**common, "charts": list(preview_charts.charts()), "wide": "stack"}
    yield "refused", "409.html", {**common, "refusal": _refusal(), "where": "2026年第三季度，石井社區，發案率"}
    yield "stale", "stale.html", {**common, **_stale()}
    for code in ("403", "404", "500"):
        yield code, f"{code}.html", dict(common)
    yield "login", "account/login.html", {"nobody": True, "bureau": BUREAU, **_login()}
    yield "second-factor", "mfa/index.html", {**common, **_factors()}


def _parts():
    rows = [
        {"own": i == 3, "cells": [{"text": who, "url": "#"}, place, score, ranks, {"tag": kind, "text": state}]}
        for i, (who, place, score, ranks, kind, state) in enumerate(OFFICERS)
    ]
    return {
        "crumbs": [{"url": "#", "label": "考核"}, {"url": "#", "label": "2026年第三季度"}],
        "messages": [_Message("已保存。12 個數字，另有 1 個留空。")],
        "steps": [dict(zip(("label", "state", "date", "note"), step, strict=True)) for step in STEPS],
        "columns": COLUMNS,
        "rows": rows,
        "form": _form(),
        "good_form": _form(wrong=False),
        "changes": [
            {"label": "分子", "before": 15, "after": 14},
            {"label": "分母", "before": None, "after": 12410},
            {"label": "說明", "before": "", "after": "刪除重複登記一起"},
        ],
        "page": _page_two(),
        "job": {"state": "running", "done": 4, "total": 10, "note": "書院社區"},
        "job_failed": {"state": "failed", "note": "方案版本已變更。"},
    }


class _Message(str):
    """What Django's messages look like to a template."""

    tags = "success"


def _form(wrong=True):
    from django import forms

    class Figure(forms.Form):
        """One figure of one department, and every kind of field."""

        numerator = forms.IntegerField(label="分子", help_text="本季度有效警情，去重之後。", min_value=0)
        denominator = forms.IntegerField(label="分母", help_text="實有人口。")
        counted = forms.DateField(label="截止日期", widget=forms.DateInput(attrs={"type": "date"}))
        status = forms.ChoiceField(
            label="性質", choices=[("final", "定稿"), ("provisional", "暫定")], widget=forms.RadioSelect
        )
        rate = forms.ChoiceField(label="指標", choices=[("incidents", "發案率"), ("leads", "線索提供率")])
        remark = forms.CharField(label="說明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
        sheet = forms.FileField(label="附表", required=False, help_text="Excel（.xlsx），不超過 10 MB。")
        verified = forms.BooleanField(label="我已與原始登記核對", help_text="核對人對數字負責。")

    if wrong:
        return Figure({"numerator": "-3", "denominator": "12410", "counted": "2026-09-30", "rate": "incidents"})
    return Figure(initial={"numerator": 15, "denominator": 12410})


def _page_two():
    from django.core.paginator import Paginator

    return Paginator(range(137), 25).page(2)


def _refusal():
    return SimpleNamespace(
        message="這一季度已經凍結，數字不能再改。",
        remedy="如果數字有誤，請由負責科室提出更正；更正會成為新的版本，並重新計分。",
    )


def _stale():
    from django.http import QueryDict

    rows = [
        ("東門社區 · 分子", "15", "14", "numerator-1"),
        ("南市社區 · 分子", "", "9", "numerator-2"),
        ("南市社區 · 說明", "節前集中清查後補登", "", "remark-2"),
    ]
    sent = QueryDict("version=6&once=x&numerator-3=12")
    return {"stale": SimpleNamespace(rows=rows, version=7, message="", remedy=""), "sent": sent, "back_url": "#"}


def _login():
    from allauth.account.forms import LoginForm

    return {"form": LoginForm(), "PASSKEY_LOGIN_ENABLED": True, "LOGIN_BY_CODE_ENABLED": False}


def _factors():
    return {"MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"], "authenticators": {}, "is_mfa_enabled": True}
