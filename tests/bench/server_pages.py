#!/usr/bin/env python3
"""How long pia-server takes for each kind of page: server_pages.py BIN_DIR [--check] [--repeat N]

Indexes sample-data into a temporary folder, starts the server there, and asks for each page N times
(default 30) over one connection, the way a browser does. Prints the median and the worst time in
milliseconds and the bytes over the wire (gzip). With --check it fails when a median is over 20 ms or
a page over 100 KB. Meant for a release build on a machine with nothing else to do.
"""
import argparse
import gzip
import http.client
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

LIMIT_MS, LIMIT_BYTES = 20.0, 100 * 1024
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "sample-data"


def get(connection, target):
    connection.request("GET", target, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"{target}: {answer.status}")
    return body, gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body


def targets(connection):
    quote = urllib.parse.quote
    hits = json.loads(get(connection, "/api/v1/search?limit=100&q=" + quote("再委託:する"))[1])["hits"]
    contractor = json.loads(get(connection, "/api/v1/contractors")[1])["rows"][0]["name"]
    return ["/", "/search", "/search?q=" + quote("委託"), "/search?view=contracts&q=" + quote("再委託:する"),
            "/search?view=revisions&q=" + quote("委託先"), hits[0]["url"], hits[0]["url"] + "?q=" + quote("委託"),
            "/contractors", "/contractors/" + quote(contractor), "/municipalities", "/compare", "/incidents", "/overview",
            "/batch", "/help", "/api/v1/search?q=" + quote("委託"), "/api/v1/suggest?q=" + quote("かわ"), "/feed.atom?q=" + quote("委託")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--repeat", type=int, default=30)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([options.bin / "pia-index", "--db", folder, "--manifest", SAMPLES / "manifest.csv", SAMPLES],
                       check=True, stderr=subprocess.DEVNULL)
        server = subprocess.Popen([options.bin / "pia-server", "--db", folder, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = urllib.parse.urlsplit(server.stdout.readline().strip())
            connection = http.client.HTTPConnection(address.hostname, address.port)
            print(f"{'median ms':>9} {'worst ms':>9} {'bytes':>8}  page")
            for target in targets(connection):
                get(connection, target)
                times = []
                for _ in range(options.repeat):
                    begin = time.perf_counter()
                    body, _plain = get(connection, target)
                    times.append((time.perf_counter() - begin) * 1000)
                median = statistics.median(times)
                over = median > LIMIT_MS or len(body) > LIMIT_BYTES
                failed = failed or over
                print(f"{median:9.2f} {max(times):9.2f} {len(body):8}  {urllib.parse.unquote(target)}{'  OVER' if over else ''}")
        finally:
            server.terminate()
            server.wait()
    sys.exit(1 if failed and options.check else 0)


if __name__ == "__main__":
    main()
