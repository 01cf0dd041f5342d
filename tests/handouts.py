"""What a page in one file holds, unpacked."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any


def packed(page: str, part: str) -> str:
    """Its `script`, its `style`, or what it is `given`."""
    found = re.search(f'id="packed-{part}">(.*)</script>', page)[1]
    return gzip.decompress(base64.b64decode(found)).decode()


def data_of(page: str) -> dict[str, Any]:
    """What the page is given."""
    return json.loads(packed(page, "given"))
