"""Asks eight extractors for the main text of web pages, so that pages can be labelled by their agreement.

    python train/votes.py DATA VOTES

reads the pages, and no gold, of DATA/data/extraction and DATA/crawl/sites, and writes a line
{"id", "source", "url", "html", "votes": {extractor: text}} for each to VOTES/SOURCE.jsonl. An empty text is an
extractor that found nothing, failed, or took more than LIMIT seconds. Started again, it goes on where it was stopped.

Needs `pip install -r train/requirements.txt`, node, and `npm ci --prefix train`.
"""
import hashlib
import json
import lzma
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from extractors import EXTRACTORS, clean, language

LIMIT, MAX_BYTES = 5, 1_000_000
SOURCES = {  # in this order; a number is the most pages taken of one host of a WARC
    "daniel": None, "fundus-news-48-countries": 8, "l3s-gn1": None, "dragnet": None, "big9": None,
    "recipes-316-hosts": 2, "docs-multilang": 10, "cleaneval": None, "readability": None}


class TooLong(BaseException):
    """Not an Exception, as extractors catch those."""


def on_alarm(*_):
    raise TooLong


def timed(extract, *args):
    """The text, or an empty one where it fails."""
    try:
        try:
            signal.alarm(LIMIT)
            return extract(*args) or ""
        finally:
            signal.alarm(0)
    except KeyboardInterrupt:
        raise
    except BaseException:  # a panic in a Rust library is one too
        return ""


def votes(html, spent):
    html, texts = clean(html), {}
    lang = timed(language, html) or "en"
    for name, extract in EXTRACTORS.items():
        start = time.monotonic()
        texts[name] = timed(extract, html, lang)
        spent[name] += time.monotonic() - start
    return texts


def set_pages(path):
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            yield page["id"], page.get("url"), page["html"]


def warc_pages(path, per_host):
    """At most `per_host` pages of each host: those whose URLs have the smallest hashes."""
    pages = []
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, auto_decode="all"):
        if record.http_headers and record.http_headers.status_code == 200 and record.http_content_type == "text/html":
            body, url = record.reader.read(), record.headers["WARC-Target-URI"]
            html = bytes_to_str(body, record.http_charset or detect_encoding(body, from_html_meta=True))
            pages.append((hashlib.sha1(url.encode()).hexdigest(), record.record_id.strip("<>"), url, html))
    taken = Counter()
    for _, id, url, html in sorted(pages):
        taken[urlsplit(url).hostname] += 1
        if taken[urlsplit(url).hostname] <= per_host:
            yield id, url, html


def done_ids(path):
    """The ids in an output file, after cutting off a last line that was not finished."""
    path.touch()
    whole, newline, _ = path.read_bytes().rpartition(b"\n")
    with path.open("r+b") as out:
        out.truncate(len(whole + newline))
    return {json.loads(line)["id"] for line in whole.split(b"\n") if line}


def main(data, votes_folder):
    signal.signal(signal.SIGALRM, on_alarm)
    votes_folder.mkdir(parents=True, exist_ok=True)
    for source, per_host in SOURCES.items():
        if per_host:
            pages = warc_pages(data / "crawl/sites" / f"{source}.warc.gz", per_host)
        else:
            pages = set_pages(data / "data/extraction" / source / "pages.jsonl.xz")
        path = votes_folder / f"{source}.jsonl"
        done, n, start, spent = done_ids(path), 0, time.monotonic(), Counter()
        with path.open("a", encoding="utf-8", errors="replace") as out:
            for id, url, html in pages:
                if id in done or len(html.encode("utf-8", "replace")) > MAX_BYTES:
                    continue
                line = {"id": id, "source": source, "url": url, "html": html, "votes": votes(html, spent)}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                out.flush()
                n += 1
                if n % 100 == 0:
                    print(f"{source} {n}, {n / (time.monotonic() - start):.1f} pages/s", flush=True)
        costs = ", ".join(f"{name} {1000 * seconds / n:.0f}" for name, seconds in spent.most_common())
        print(f"{source}: {len(done)} done before, {n} now; milliseconds a page: {costs}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
