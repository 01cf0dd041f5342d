"""nginx with a site's configuration, without root and all in one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

# What Debian has around the files of /etc/nginx/conf.d/.
AROUND = """
pid nginx.pid;
error_log error.log;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {site}
}}
"""


def command(folder: Path, site: str) -> list[str]:
    """The command that starts nginx with this site in a folder.

    Raises:
        FileNotFoundError: there is no nginx.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/opt/homebrew/bin")
    if program is None:
        raise FileNotFoundError("nginx is needed here: `apt-get install nginx-light`, or brew's")
    (folder / "nginx.conf").write_text(AROUND.format(site=site), "utf-8")
    return [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
