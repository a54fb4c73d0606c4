"""Calls the two RPC interfaces with the four published client libraries as they are: only key and endpoint are ours.

The test that starts this serves a desk and says where (KEBEI_RPC_…). Whatever is not as expected ends it with a sentence.
"""

import base64
import hashlib
import hmac
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

from alibabacloud_beian20160810 import models as beian
from alibabacloud_beian20160810.client import Client as Beian
from alibabacloud_bsn20150512 import models as bsn
from alibabacloud_bsn20150512.client import Client as Bsn
from alibabacloud_tea_openapi.models import Config
from aliyunsdkbeian.request.v20160810 import (
    DeleteUnbeianIpCheckTypeRequest,
    GetMainDomainRequest,
    InsertUnbeianIpCheckTypeRequest,
    ListUnbeianIpCheckTypeRequest,
    ManageAccessorDomainRequest,
    ManageAccessorDomainWhiteListRequest,
    ManageAccessorIpRequest,
    QueryAccessorDomainListRequest,
    QueryAccessorDomainRequest,
    QueryAccessorDomainsStatusRequest,
    QueryAccessorDomainStatusRequest,
    QueryAccessorDomainWhiteListRequest,
    QueryAccessorIpRequest,
    SubmitAccessorFullDomainsOssListRequest,
)
from aliyunsdkbsn.request.v20150512 import GetBsnByResourceRequest, GetBsnBySnRequest, ProductBindBsnRequest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

ENDPOINT = os.environ["KEBEI_RPC_ENDPOINT"]
KEY, SECRET = os.environ["KEBEI_RPC_KEY"], os.environ["KEBEI_RPC_SECRET"]
checked = 0


def holds(found, expected, what):
    global checked
    checked += 1
    if found != expected:
        raise SystemExit(f"{what}: found {found!r}, expected {expected!r}")


def newer(client, key=KEY, secret=SECRET):
    return client(Config(access_key_id=key, access_key_secret=secret, endpoint=ENDPOINT, protocol="HTTP"))


def older(module, values, key=KEY, secret=SECRET):
    """Asks with a request of an older library: `values` are its setters without `set_`."""
    request = getattr(module, module.__name__.rsplit(".", 1)[1])()
    for name, value in values.items():
        getattr(request, f"set_{name}")(value)
    request.set_endpoint(ENDPOINT)
    request.set_protocol_type("http")
    return json.loads(AcsClient(key, secret, "cn-hangzhou", auto_retry=False).do_action_with_exception(request))


def code_of(call):
    """The error code with which a call is refused, as its library tells it."""
    try:
        call()
    except ServerException as error:
        return error.get_error_code()
    except Exception as error:  # the newer libraries have several
        return getattr(error, "code", None) or repr(error)
    return None


def service_codes():
    """Bsn 2015-05-12 with both of its libraries."""
    client = newer(Bsn)
    bind = lambda **values: client.product_bind_bsn(
        bsn.ProductBindBsnRequest(**{"resource_type": 1, "resource_id": "i-rpc", "aliuid": 7, "num": 1, **values})
    )
    made = bind(num=2).body.to_map()
    codes = [code["sn"] for code in made["datas"]["bsnDO"]]
    holds(len(set(codes)), 2, "codes that were bound")
    first = made["datas"]["bsnDO"][0]
    holds((first["aliUid"], first["resourceType"], first["resourceId"]), (7, 1, "i-rpc"), "a code that was bound")
    holds((first["status"], first["beianNum"]), (1, ""), "a code that was bound")
    again = older(ProductBindBsnRequest, {"resourceType": 1, "resourceId": "i-rpc", "aliuid": 7, "num": 1})
    codes += [code["sn"] for code in again["datas"]["bsnDO"]]
    holds(len(set(codes)), 3, "codes in all")
    of = client.get_bsn_by_resource(bsn.GetBsnByResourceRequest(resource_type=1, resource_id="i-rpc", aliuid=7))
    holds({code["sn"] for code in of.body.to_map()["datas"]["bsnDO"]}, set(codes), "codes of the instance, newer library")
    of = older(GetBsnByResourceRequest, {"resourceType": 1, "resourceId": "i-rpc", "aliuid": 7})
    holds({code["sn"] for code in of["datas"]["bsnDO"]}, set(codes), "codes of the instance, older library")
    one = older(GetBsnBySnRequest, {"sn": codes[0].lower().replace("-", "")})
    holds((one["sn"], one["status"], one["aliUid"], one["resourceId"]), (codes[0], 1, 7, "i-rpc"), "one code")
    filed = older(GetBsnBySnRequest, {"sn": os.environ["KEBEI_RPC_FILED"]})
    holds((filed["status"], filed["beianNum"]), (2, os.environ["KEBEI_RPC_NUMBER"]), "a code that was filed")

    grant = lambda **values: client.grant_bsn_code(
        bsn.GrantBsnCodeRequest(**{"sn": codes[0], "ali_uid": 7, "grant_to_aliuid": 8, "notes": "搬迁", **values})
    )
    granted = grant().body.to_map()
    holds(
        (granted["Sn"], granted["AliUid"], granted["GrantToAliuid"], granted["Notes"], granted["Success"]),
        (codes[0], 7, 8, "搬迁", True),
        "a code that was granted",
    )

    for call, expected in [
        (lambda: bind(aliuid=999), "401"),
        (lambda: bind(resource_id="i-none"), "402"),
        (lambda: bind(resource_type=8), "402"),
        (lambda: bind(resource_id="i-without-address"), "403"),
        (lambda: older(GetBsnBySnRequest, {}), "405"),
        (lambda: older(GetBsnBySnRequest, {"sn": "00000-00000-00000-00000"}), "406"),
        (lambda: older(GetBsnBySnRequest, {"sn": "no code"}), "406"),
        (lambda: bind(resource_type=3), "411"),
        (lambda: bind(resource_id="i-8"), "412"),
        (lambda: bind(resource_id="i-hourly"), "413"),
        (lambda: grant(sn=codes[1], grant_to_aliuid=7), "504"),
        (lambda: bind(resource_id="i-abroad"), "600"),
        (lambda: older(ProductBindBsnRequest, {"resourceType": 1, "aliuid": 7, "num": 1}), "602"),
        (lambda: bind(num=0), "603"),
        (lambda: bind(num=21), "603"),
        (lambda: bind(num=3), "609"),
        (lambda: grant(sn=codes[1], ali_uid=8, grant_to_aliuid=7), "616"),
    ]:
        holds(code_of(call), expected, "a refusal of service codes")
    of = older(GetBsnByResourceRequest, {"resourceType": 1, "resourceId": "i-rpc", "aliuid": 7})
    holds(len(of["datas"]["bsnDO"]), 3, "codes after everything that was refused")


def the_gate():
    """Beian 2016-08-10 with both of its libraries: what one changes the other sees."""
    client = newer(Beian)
    filed, strange = os.environ["KEBEI_RPC_DOMAIN"], "strange-name.cn"
    holds(client.get_main_domain(beian.GetMainDomainRequest(domain=f"a.b.{filed}")).body.data, filed, "main domain")
    holds(older(GetMainDomainRequest, {"Domain": "www.例子.中国"})["Data"], "xn--fsqu00a.xn--fiqs8s", "main domain")
    serves = lambda name: (
        client.query_accessor_domain(beian.QueryAccessorDomainRequest(caller="slb", domain=name)).body.data,
        older(QueryAccessorDomainRequest, {"Caller": "slb", "Domain": name})["Data"],
    )
    holds(serves(f"www.{filed}"), (True, True), "a filed domain")
    holds(serves(strange), (False, False), "a domain that is not filed")
    status = client.query_accessor_domain_status(beian.QueryAccessorDomainStatusRequest(caller="slb", domain=filed))
    holds((status.body.data.status, status.body.data.reason_code), ("valid", 0), "status of a filed domain")
    status = older(QueryAccessorDomainStatusRequest, {"Caller": "slb", "Domain": strange})["Data"]
    holds((status["Status"], status["ReasonCode"], status["Domain"]), ("invalid", 14, strange), "status of another")
    names = [filed, strange, "com"]
    many = client.query_accessor_domains_status(beian.QueryAccessorDomainsStatusRequest(caller="slb", domains=names))
    holds([one.reason_code for one in many.body.data], [0, 14, 10], "status of three, newer library")
    many = older(QueryAccessorDomainsStatusRequest, {"Caller": "slb", "Domainss": names})["Data"]
    holds([one["Domain"] for one in many], names, "status of three, older library")

    white = lambda: (
        client.query_accessor_domain_white_list(
            beian.QueryAccessorDomainWhiteListRequest(caller="slb", domain=strange)
        ).body.data.white,
        older(QueryAccessorDomainWhiteListRequest, {"Caller": "slb", "Domain": strange})["Data"]["White"],
    )
    holds(white(), (False, False), "the white list before")
    put = {"caller": "slb", "domains": [strange], "operation": "add", "remark": "搬迁", "end_time": "2099-01-01 00:00:00"}
    client.manage_accessor_domain_white_list(beian.ManageAccessorDomainWhiteListRequest(**put))
    holds(white(), (True, True), "the white list after")
    until(lambda: serves(f"www.{strange}"), (True, True), "a domain on the white list")
    older(ManageAccessorDomainWhiteListRequest, {"Caller": "slb", "Domainss": [strange], "Operation": "delete"})
    until(lambda: serves(strange), (False, False), "a domain that was taken off the white list")

    for operation, name in [("add", f"a.{filed}"), ("add", f"b.{filed}"), ("delete", f"a.{filed}")]:
        client.manage_accessor_domain(
            beian.ManageAccessorDomainRequest(caller="cdn", domain=name, operation=operation)
        )
    older(ManageAccessorDomainRequest, {"Caller": "cdn", "Domain": f"c.{filed}", "Operation": "add"})
    page = beian.QueryAccessorDomainListRequest(caller="cdn", domain=filed, page_no=1, page_size=10)
    holds(
        client.query_accessor_domain_list(page).body.data.domains, [f"b.{filed}", f"c.{filed}"], "names of a system"
    )
    page = {"Caller": "cdn", "Domain": filed, "PageNo": 2, "PageSize": 1}
    holds(older(QueryAccessorDomainListRequest, page)["Data"]["Domains"], [f"c.{filed}"], "their second page")

    ip = lambda address: (
        client.query_accessor_ip(beian.QueryAccessorIpRequest(caller="slb", ip=address)).body.data,
        older(QueryAccessorIpRequest, {"Caller": "slb", "Ip": address})["Data"],
    )
    holds(ip("198.51.100.7"), (False, False), "an address before")
    put = {"caller": "slb", "ip": "198.51.100.0/24", "ip_version": 4, "operation": "add", "remark": "负载均衡"}
    client.manage_accessor_ip(beian.ManageAccessorIpRequest(**put))
    until(lambda: ip("198.51.100.7"), (True, True), "an address after")
    older(ManageAccessorIpRequest, {"Caller": "slb", "Ip": "2001:db8::/32", "IpVersion": 6, "Operation": "add", "Remark": "cdn"})
    until(lambda: ip("2001:db8::1"), (True, True), "an address of IPv6")
    older(ManageAccessorIpRequest, {"Caller": "slb", "Ip": "198.51.100.0/24", "Operation": "delete"})
    until(lambda: ip("198.51.100.7"), (False, False), "an address that was taken away")

    for call, expected in [
        (lambda: older(GetMainDomainRequest, {"Domain": "com"}), "InvalidDomain"),
        (lambda: older(GetMainDomainRequest, {}), "MissingParameter"),
        (lambda: older(ManageAccessorDomainRequest, {"Caller": "cdn", "Domain": filed, "Operation": "?"}), "InvalidParameter"),
        (lambda: older(ManageAccessorDomainRequest, {"Caller": "c d", "Domain": filed, "Operation": "add"}), "InvalidParameter"),
        (lambda: older(ManageAccessorIpRequest, {"Caller": "slb", "Ip": "x", "Operation": "add", "Remark": "r"}), "InvalidParameter"),
        (lambda: older(ManageAccessorIpRequest, {"Caller": "slb", "Ip": "::1", "IpVersion": 4, "Operation": "add", "Remark": "r"}), "InvalidParameter"),
        (lambda: older(QueryAccessorIpRequest, {"Caller": "slb", "Ip": "300.1.1.1"}), "InvalidParameter"),
        (lambda: older(QueryAccessorDomainRequest, {"Domain": filed}), "MissingParameter"),
        (lambda: older(SubmitAccessorFullDomainsOssListRequest, {"Caller": "cdn"}), "UnsupportedOperation"),
        (lambda: older(InsertUnbeianIpCheckTypeRequest, {"Caller": "cdn"}), "UnsupportedOperation"),
        (lambda: older(DeleteUnbeianIpCheckTypeRequest, {"Caller": "cdn"}), "UnsupportedOperation"),
        (lambda: older(ListUnbeianIpCheckTypeRequest, {"Caller": "cdn"}), "UnsupportedOperation"),
        (lambda: client.submit_accessor_full_domains_oss_list(beian.SubmitAccessorFullDomainsOssListRequest(caller="c")), "UnsupportedOperation"),
        (lambda: client.insert_unbeian_ip_check_type(beian.InsertUnbeianIpCheckTypeRequest(caller="c")), "UnsupportedOperation"),
        (lambda: client.delete_unbeian_ip_check_type(beian.DeleteUnbeianIpCheckTypeRequest(caller="c")), "UnsupportedOperation"),
        (lambda: client.list_unbeian_ip_check_type(beian.ListUnbeianIpCheckTypeRequest(caller="c")), "UnsupportedOperation"),
    ]:
        holds(code_of(call), expected, "a refusal of the gate")


def until(ask, expected, what):
    """What a change is seen by: within ten seconds, and nearly always at once."""
    end = datetime.now() + timedelta(seconds=10)
    while (found := ask()) != expected and datetime.now() < end:
        pass
    holds(found, expected, what)


def keys():
    """Keys that are not good, with every library."""
    main = beian.GetMainDomainRequest(domain="a.cn")
    by_resource = bsn.GetBsnByResourceRequest(resource_type=1, resource_id="i-rpc", aliuid=7)
    # The older libraries compare what was signed, find it the same, and blame the secret.
    for key, secret, expected, of_older in [
        ("kbi_none", SECRET, "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.NotFound"),
        (KEY, SECRET + "x", "SignatureDoesNotMatch", "InvalidAccessKeySecret"),
    ]:
        holds(code_of(lambda: newer(Beian, key, secret).get_main_domain(main)), expected, "newer, gate")
        holds(code_of(lambda: newer(Bsn, key, secret).get_bsn_by_resource(by_resource)), expected, "newer, codes")
        holds(code_of(lambda: older(GetMainDomainRequest, {"Domain": "a.cn"}, key, secret)), of_older, "older, gate")
        holds(code_of(lambda: older(GetBsnBySnRequest, {"sn": "x"}, key, secret)), of_older, "older, codes")
    gate_key, gate_secret = os.environ["KEBEI_RPC_GATE_KEY"], os.environ["KEBEI_RPC_GATE_SECRET"]
    holds(older(GetMainDomainRequest, {"Domain": "a.cn"}, gate_key, gate_secret)["Data"], "a.cn", "a key for the gate")
    holds(code_of(lambda: newer(Bsn, gate_key, gate_secret).get_bsn_by_resource(by_resource)), "Forbidden", "its scope")


def signed(values, at=None, nonce=None, method="GET"):
    """A call with the older signature, made here: its parameters."""
    at = at or datetime.now(timezone.utc)
    values = {
        "Action": "GetMainDomain",
        "Version": "2016-08-10",
        "Format": "JSON",
        "AccessKeyId": KEY,
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": nonce or uuid.uuid4().hex,
        "Timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Domain": "www.a.cn",
        **values,
    }
    quote = lambda text: urllib.parse.quote(text, safe="~")
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in sorted(values.items()))
    digest = hmac.new(f"{SECRET}&".encode(), f"{method}&%2F&{quote(query)}".encode(), hashlib.sha1).digest()
    return {**values, "Signature": base64.b64encode(digest).decode()}


def called(values, body=None):
    """The status and the code of an answer; 200 where it is good."""
    request = urllib.request.Request(f"http://{ENDPOINT}/?{urllib.parse.urlencode(values)}", data=body)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)["Code"]
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["Code"]


def by_hand():
    """Replay, clock, tampering and repetition."""
    now, nonce = datetime.now(timezone.utc), uuid.uuid4().hex
    holds(called(signed({}, nonce=nonce)), (200, 200), "a call")
    holds(called(signed({}, nonce=nonce)), (400, "SignatureNonceUsed"), "the nonce again, signed anew")
    call = signed({})
    holds((called(call), called(call)[1]), ((200, 200), "SignatureNonceUsed"), "the very call again")
    for minutes, code in [(-14, 200), (14, 200), (-16, "InvalidTimeStamp.Expired"), (16, "InvalidTimeStamp.Expired")]:
        holds(called(signed({}, at=now + timedelta(minutes=minutes)))[1], code, f"a clock {minutes} minutes off")
    holds(called({**signed({}), "Domain": "b.cn"})[1], "SignatureDoesNotMatch", "a parameter that was changed")
    holds(called({**signed({}), "More": "1"})[1], "SignatureDoesNotMatch", "a parameter that was added")
    posted = signed({}, method="POST")
    holds(called(posted, b"Domain=b.cn")[1], "InvalidParameter.Repeated", "a parameter in query and body")
    holds(called(signed({"Version": "2014-01-01"}))[1], "InvalidVersion", "another version")
    with urllib.request.urlopen(f"http://{ENDPOINT}/?{urllib.parse.urlencode(signed({'Format': 'XML'}))}") as answer:
        read = ElementTree.parse(answer).getroot()
        holds((read.tag, read.findtext("Data")), ("GetMainDomainResponse", "a.cn"), "an answer as XML")
    holds(called(signed({"Action": "DropEverything"}))[1], "InvalidAction.NotFound", "another action")


service_codes()
the_gate()
keys()
by_hand()
print(f"{checked} answers were as expected")
