"""Answers each line `ric NUMBER` or `uscc NUMBER` with what python-stdnum says of it: ok, or why not."""

import sys

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength

SAID = {
    InvalidLength: "length",
    InvalidFormat: "format",
    InvalidChecksum: "checksum",
    InvalidComponent: "component",
}

for line in sys.stdin.read().splitlines():
    kind, number = line.split(" ")
    try:
        {"ric": ric, "uscc": uscc}[kind].validate(number)
        print("ok")
    except tuple(SAID) as fault:
        print(SAID[type(fault)])
    except KeyError:
        # Version 2.2 fails where its list has the province of an ID card and not the county.
        print("component")
