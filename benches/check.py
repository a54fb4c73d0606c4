#!/usr/bin/env python3
"""Says of every row of an inventory (CSV) whether it may back a filing: one JSON line each.

usage: check.py RULEBOOK INVENTORY AT      (AT: 2020-11-01T00:00:00+08:00)

The straightforward script that `kebei check` is measured against: the same decisions in its own words, standard library only.
"""
import calendar
import csv
import functools
import json
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from decimal import Decimal

SHANGHAI = timezone(timedelta(hours=8))
CONDITIONS = ["billing", "public_bandwidth", "public_ip", "min_purchased_months", "min_remaining_months",
              "min_first_purchase_months", "min_order_amount", "in_term", "quota"]
UNKNOWN = {
    "account": "不知道该实例由哪个账号购买，无法确认它属于您。请提供购买账号。",
    "billing": "缺少计费方式，无法判断是否为包年包月。请提供计费方式。",
    "public_bandwidth_mbps": "缺少公网带宽，无法判断该实例能否从公网访问。请提供公网带宽。",
    "public_ips": "缺少公网 IP，无法判断该实例有没有可备案的 IP 地址。请提供公网 IP。",
    "purchased_at": "缺少购买时间，无法计算购买时长。请提供购买时间。",
    "expires_at": "缺少到期时间，无法计算时长，也无法判断是否已到期。请提供到期时间。",
    "first_purchase_months": "缺少首次购买的月数，无法判断是否达到要求。请提供首次购买月数。",
    "first_order_amount": "缺少首单金额，无法判断是否达到要求。请提供首单金额。",
}
FACTS = ["region", *list(UNKNOWN)[1:]]


def folded(name):
    half = (chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in name if not c.isspace())
    return "".join(half).lower()


def load(path, at):
    """The rows of the edition in force at `at`: each condition as (value, source)."""
    with open(path, "rb") as file:
        book = tomllib.load(file)
    editions = {}
    for edition in book["editions"]:
        rows = dict(editions[edition["based_on"]]["rows"]) if "based_on" in edition else {}
        for product, written in edition["products"].items():
            row = {"verified_by": "service-code", "code_made": "on-request", **rows.get(product, {}), **written}
            source = written["source"]
            asked = {key: value for key, value in rows.get(product, {}).get("asked", {}).items()
                     if key not in written.get("without", [])}
            for key in written.get("confirms", []):
                asked[key] = (asked[key][0], source)
            for key in set(CONDITIONS) & set(written):
                value = written[key]
                stated = value if isinstance(value, dict) else {}
                own = stated.get("source", [] if stated.get("assumed") else source)
                asked[key] = (stated.get("value", value), own)
            asked["in_term"] = (True, source)
            row["asked"] = {key: asked[key] for key in CONDITIONS if key in asked}
            rows[product] = row
        editions[edition["id"]] = {**edition, "rows": rows}
    edition = [e for e in editions.values() if e["effective"] <= at.date()][-1]
    regions = [(folded(p), side) for side in ("outside", "mainland") for p in book["regions"][side]]
    return edition, regions


def months_after(day, months):
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def whole_months(start, end):
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day and end.day < calendar.monthrange(end.year, end.month)[1]:
        months -= 1
    return max(months, 0)


def clock(time):
    return f"{time:%Y-%m-%d %H:%M}（北京时间）"


def reached(months):
    return "不足 1 个月" if months == 0 else f"为 {months} 个月"


class Checker:
    def __init__(self, rulebook, at):
        self.at = at
        self.edition, self.regions = load(rulebook, at)
        self.locality = functools.cache(self.locality)

    def locality(self, region):
        region = folded(region)
        sides = dict(reversed(self.regions))
        if region in sides:
            return sides[region]
        begins = [p for p in sides if p.endswith("*") and region.startswith(p[:-1])]
        return sides[max(begins, key=len)] if begins else None

    def check(self, facts):
        row = self.edition["rows"].get(facts["product"])
        quota = None
        if row and "quota" in row["asked"]:
            limit, used = row["quota"]["codes"], facts["codes_issued"]
            quota = {"limit": limit, "per": row["quota"]["per"], "used": used, "left": max(limit - used, 0)}
        verdict, findings = self.findings(row, facts)
        return {"instance": facts["id"], "product": facts["product"], "edition": self.edition["id"],
                "at": self.at.isoformat(), "verdict": verdict, "verified_by": row and row["verified_by"],
                "quota": quota, "derived": [], "findings": findings}

    def findings(self, row, facts):
        found = []

        def tell(code, required, actual, remedy, message, source, blocking=True):
            found.append({"code": code, "blocking": blocking, "required": required, "actual": actual,
                          "remedy": remedy, "source": source, "message": message})

        if row is None:
            fileable = [(p, r) for p, r in self.edition["rows"].items() if r["verified_by"] != "elsewhere"]
            names = "、".join(r["name"]["zh"] for _, r in fileable)
            tell("product-not-fileable", None, facts["product"],
                 {"action": "buy", "products": [p for p, _ in fileable]},
                 f"规则集 {self.edition['id']} 版里没有产品“{facts['product']}”，它不能用来备案。"
                 f"可以改用下列任一产品：{names}。", [])
            return "ineligible", found
        product, region = facts["product"], facts["region"]
        locality = region and self.locality(region)
        if locality == "outside":
            tell("outside-mainland", "mainland", region, {"action": "none-needed"},
                 f"该实例的地域（{region}）不在中国内地，用它托管网站无需备案。"
                 "以后如果把域名解析到中国内地的服务器，需要先完成备案。", row["source"], False)
            return "not-required", found
        name = f"“{row['name']['zh']}”"
        if row["verified_by"] == "elsewhere":
            where = row["where"]["zh"]
            tell("filed-elsewhere", None, None, {"action": "file-at", "where": where},
                 f"{name}不在这里备案。{where}。", row["source"], False)
            return "elsewhere", found

        asked = row["asked"]
        bought, expires, on_demand = facts["purchased_at"], facts["expires_at"], facts["billing"] == "pay-as-you-go"
        purchased = whole_months(bought, expires) if bought and expires else None
        remaining = whole_months(self.at, expires) if expires else None
        expired = expires and expires <= self.at
        renew, renewed = self.renewal(asked, bought, expires) if expires else (None, "")
        unknown = {}
        for key, (value, source) in asked.items():
            lacking = lambda *needed: unknown.update((n, source) for n in needed if facts[n] is None and n not in unknown)
            if key in ("min_purchased_months", "min_remaining_months", "in_term") and on_demand:
                continue
            if key == "billing":
                lacking("billing")
                if on_demand:
                    months = max(asked.get(k, (1,))[0] for k in ("min_purchased_months", "min_remaining_months"))
                    tell("pay-as-you-go", "subscription", "pay-as-you-go",
                         {"action": "convert-to-subscription", "months": months},
                         f"该实例的计费方式为按量付费，按量付费的实例不能用于备案。请转为包年包月，购买时长至少 {months} 个月。", source)
            elif key == "public_bandwidth":
                lacking("public_bandwidth_mbps")
                if facts["public_bandwidth_mbps"] == 0:
                    tell("no-public-bandwidth", 1, 0, {"action": "add-public-bandwidth"},
                         "该实例没有公网带宽（当前 0 Mbps），备案要求公网带宽大于 0。"
                         "请升级公网带宽，或绑定带宽大于 0 的弹性公网 IP。", source)
            elif key == "public_ip":
                lacking("public_ips")
                if facts["public_ips"] == []:
                    tell("no-public-ip", 1, 0, {"action": "add-public-bandwidth"},
                         "该实例没有公网 IP，因此没有可备案的 IP 地址。请购买公网带宽，或绑定弹性公网 IP。", source)
            elif key == "min_purchased_months":
                lacking("purchased_at", "expires_at")
                if purchased is not None and purchased < value:
                    tell("purchased-term-short", value, purchased, renew,
                         f"该实例的购买时长（含续费）{reached(purchased)}，备案要求至少 {value} 个月。{renewed}", source)
            elif key == "min_remaining_months":
                lacking("expires_at")
                if remaining is not None and not expired and remaining < value:
                    tell("remaining-term-short", value, remaining, renew,
                         f"该实例距到期的剩余时长{reached(remaining)}，备案要求至少 {value} 个月。{renewed}", source)
            elif key == "min_first_purchase_months":
                lacking("first_purchase_months")
                first = facts["first_purchase_months"]
                if first is not None and first < value:
                    tell("first-purchase-short", value, first, {"action": "buy", "products": [product], "months": value},
                         f"该实例首次购买的时长{reached(first)}，备案要求首次购买至少 {value} 个月，续费不能补足。"
                         f"请另购一个{name}，首次购买时长不少于 {value} 个月。", source)
            elif key == "min_order_amount":
                lacking("first_order_amount")
                amount = facts["first_order_amount"]
                if amount is not None and amount < Decimal(value):
                    tell("order-amount-low", value, f"{amount:.2f}",
                         {"action": "buy", "products": [product], "amount": value},
                         f"该实例的首单金额为 {amount:.2f} 元，备案要求不低于 {value} 元，且不能补差价。"
                         f"请另购一个{name}，首单金额不低于 {value} 元。", source)
            elif key == "in_term":
                lacking("expires_at")
                if expired:
                    tell("expired", None, expires.isoformat(), renew,
                         f"该实例已于 {clock(expires)} 到期，到期的实例不能用于备案。{renewed}", source)
            elif facts["codes_issued"] >= row["quota"]["codes"]:
                self.quota(tell, row, facts, name, source)
        if locality is None:
            unknown["region"] = row["source"]
        for fact in [fact for fact in FACTS if fact in unknown]:
            message = UNKNOWN.get(fact) or (
                f"不认识的地域“{region}”，无法判断该实例是否在中国内地。请核对地域。" if region
                else "缺少地域，无法判断该实例是否在中国内地。请提供地域。")
            tell("unknown-fact", None, region if fact == "region" else None,
                 {"action": "provide-fact", "fact": fact}, message, unknown[fact], False)
        if any(finding["blocking"] for finding in found):
            return "ineligible", found
        return ("undetermined" if unknown else "eligible"), found

    def renewal(self, asked, bought, expires):
        """The fewest months that put the instance back into all its terms, and the sentence about it."""
        lasting = self.at.date()
        terms = [(bought, "min_purchased_months"), (self.at, "min_remaining_months")]
        days = [months_after(start.date(), asked[key][0]) for start, key in terms if start and key in asked]
        months, until = 1, months_after(expires, 1)
        while until <= self.at or any(until.date() < day for day in [lasting, *days]):
            months += 1
            until = months_after(expires, months)
        return ({"action": "renew", "months": months, "until": until.isoformat()},
                f"请至少续费 {months} 个月，续费后到期时间为 {clock(until)}。")

    def quota(self, tell, row, facts, name, source):
        codes, used, per_account = row["quota"]["codes"], facts["codes_issued"], row["quota"]["per"] == "account"
        whose = "同一账号下的全部" if per_account else "每个"
        if row["verified_by"] == "host-password":
            message = f"{whose}{name}最多可备案 {codes} 个网站，已提交或已备案 {used} 个，名额已用完。"
        elif row["code_made"] == "on-purchase":
            message = f"{whose}{name}只有 {codes} 个备案服务号，已使用 {used} 个，不能再备案新的网站。"
        else:
            message = f"{whose}{name}最多可申请 {codes} 个备案服务号，已申请 {used} 个，名额已用完。"
        message += "注销备案不会退还名额。"
        if per_account:
            remedy = {"action": "use-another-account", "product": facts["product"]}
            message += f"在当前账号下再买实例也不会增加名额，请换一个账号，并在该账号下购买{name}。"
        else:
            remedy = {"action": "buy", "products": [facts["product"]]}
            message += f"请另购一个{name}，用新的实例备案。"
        tell("quota-exhausted", codes, used, remedy, message, source)


def facts_of(cells):
    """The cells of a row as values; an empty cell is unknown."""
    facts = {name: cell or None for name, cell in cells.items()}
    for name in ("public_bandwidth_mbps", "first_purchase_months", "codes_issued"):
        facts[name] = int(facts[name]) if facts[name] else None
    for name in ("purchased_at", "expires_at"):
        facts[name] = facts[name] and datetime.strptime(facts[name], "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    ips, amount = facts["public_ips"], facts["first_order_amount"]
    facts["public_ips"] = [] if ips in ("-", "无") else ips and ips.split(";")
    facts["first_order_amount"] = amount and Decimal(amount)
    facts["codes_issued"] = facts["codes_issued"] or 0
    return facts


def main():
    rulebook, inventory, at = sys.argv[1:]
    checker = Checker(rulebook, datetime.fromisoformat(at))
    with open(inventory, newline="", encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            decision = checker.check(facts_of(cells))
            sys.stdout.write(json.dumps(decision, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
