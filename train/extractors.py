"""Eight extractors of the main text of a web page, called alike: EXTRACTORS[name](html, lang) gives text or None.

They may raise anything, and take any time. `clean` and `language` prepare what they are called with.
"""
import json
import logging
import re
import subprocess
import warnings
from functools import lru_cache
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import html_text
import justext
import py3langid
import readability
import trafilatura
from babel import Locale
from boilerpy3.extractors import ArticleExtractor
from newspaper import parsers
from newspaper.cleaners import DocumentCleaner
from newspaper.configuration import Configuration
from newspaper.extractors import ContentExtractor
from newspaper.outputformatters import OutputFormatter
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree


def clean(html):
    """Without what lxml refuses in a string: NUL, and the encoding declared in an XML declaration."""
    return re.sub(r"^\s*<\?xml[^>]*>", "", html.replace("\0", " "))


def language(html):
    lang, _ = py3langid.classify(extract_plain_text(html)[:5000])
    return {"ary": "ar", "arz": "ar", "yue": "zh"}.get(lang, lang)


def standard(html):
    """The tree that a browser builds, for parsers that build others from pages with faults."""
    return str(HTMLTree.parse(html))


class Mozilla:
    """Readability.js in a node process, which is started again after a page that took too long."""
    node = None

    def __call__(self, html, lang):
        if self.node is None:
            script = Path(__file__).with_name("readability.mjs")
            self.node = subprocess.Popen(["node", script], stdin=-1, stdout=-1, text=True, encoding="utf-8")
        try:
            self.node.stdin.write(json.dumps(standard(html)) + "\n")
            self.node.stdin.flush()
            article = json.loads(self.node.stdout.readline())
        except BaseException:
            self.node.kill()
            self.node.wait()
            self.node = None
            raise
        return html_text.extract_text(article) if article else ""


def newspaper(html, lang):
    """newspaper4k's Article.parse without the metadata, which take half its time."""
    config = Configuration()
    config.fetch_images = False
    config.language = lang
    doc = parsers.fromstring(html)
    extractor = ContentExtractor(config)
    title = extractor.get_title(doc)
    if extractor.calculate_best_node(doc) is None:
        return ""
    body = DocumentCleaner(config).clean(extractor.top_node_complemented)
    return OutputFormatter(config).get_formatted(body, title)[0]


@lru_cache(maxsize=None)
def justext_options(lang):
    name = Locale.parse("nb" if lang == "no" else lang).english_name.replace(" ", "_").replace("å", "a")
    if name in justext.get_stoplists():
        return {"stoplist": justext.get_stoplist(name)}
    options = {"stoplist": frozenset(), "stopwords_low": 0, "stopwords_high": 0}  # its mode without a language
    if lang in ("zh", "ja"):  # a character says more: a third of the default lengths
        options |= {"length_low": 23, "length_high": 67, "max_heading_distance": 67}
    return options


def boilerpy(html, lang):
    # it waits for the </embed> that no page has
    return ArticleExtractor(raise_on_failure=False).get_content(re.sub(r"<embed\b[^>]*>", "", standard(html)))


def jus(html, lang):
    return "\n".join(p.text for p in justext.justext(html, **justext_options(lang)) if not p.is_boilerplate)


EXTRACTORS = {
    "trafilatura": lambda html, lang: trafilatura.extract(html, include_comments=False),
    "trafilatura_precision": lambda html, lang: trafilatura.extract(html, include_comments=False, favor_precision=True),
    "resiliparse": lambda html, lang: extract_plain_text(
        html, main_content=True, list_bullets=False, alt_texts=False, links=False, form_fields=False, noscript=False),
    "readability_lxml": lambda html, lang: html_text.extract_text(
        readability.Document(html).summary(html_partial=True)),
    "mozilla": Mozilla(),
    "justext": jus,
    "newspaper": newspaper,
    "boilerpy": boilerpy,
}
