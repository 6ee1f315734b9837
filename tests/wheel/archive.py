"""Reads wheels as Python's own library does, and checks RECORD of each: every
file of the archive is in it once, with the SHA-256 and size that it has.

usage: archive.py WHEEL...

Prints where the script is, and its mode, for each.
"""

import base64
import csv
import hashlib
import sys
import zipfile


def check(path):
    with zipfile.ZipFile(path) as archive:
        (record,) = [n for n in archive.namelist() if n.endswith("/RECORD")]
        rows = list(csv.reader(archive.read(record).decode().splitlines()))
        assert [name for name, _, _ in rows] == archive.namelist(), rows
        for name, stated, size in rows:
            if name == record:
                assert (stated, size) == ("", ""), rows
                continue
            content = archive.read(name)
            digest = hashlib.sha256(content).digest()
            hash = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            assert stated == f"sha256={hash}", f"{path}: {name}: {stated}"
            assert int(size) == len(content), f"{path}: {name}: {size}"
        (script,) = [i for i in archive.infolist() if ".data/" in i.filename]
        print(oct(script.external_attr >> 16), script.filename)


for path in sys.argv[1:]:
    check(path)
