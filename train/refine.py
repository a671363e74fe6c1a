"""What belongs to kept blocks is kept with them, and what stands apart from the text is dropped: the rules of refine.rs and asides.rs, for figures."""
import numpy as np

LONGEST_GAP, FAIRLY_PROBABLE, LEAST_OF_HEADING, LEAST_OF_LIST = 3, .3, .2, .2
LEAST_WORDS, BLOCKS_APART, WORDS_APART, TEXT_WORDS, DOUBTFUL, LESS_PROBABLE = .5, 3, 10, 20, .6, .1
SUMMARY_WORDS, SUMMARY_SHARE, MAX_SUMMARY_LINKS, LEAST_OF_SUMMARY, SUMMARY_DISTANCE = (8, 80), .8, .3, .05, 15
HEADING_DISTANCE, TITLE_SHARE = 12, .8
LEAST_OF_COPY = 12
PARAGRAPH, QUOTE, CODE, HEADING, CAPTION, TABLE_ROW = 0, 1, 2, 3, 4, 6


def html(pages, page, p, limit):
    """Which blocks of a page of HTML with these probabilities and this threshold are kept."""
    keep = with_introduced_lists(pages, page, p, with_captions(pages, page, p, with_headings(pages, page, p, p >= limit)))
    keep = with_summary(pages, page, p, without_asides(pages, page, p, keep))
    return without_copies_of_headings(pages, page, with_title(pages, page, keep))


def column(pages, page, name):
    return pages.features[pages.starts[page]:pages.starts[page + 1], pages.names.index(name)]


def text(pages, page, p, limit):
    """Keeps lines of plain text that are fairly probable and stand among kept ones."""
    ends = pages.features[pages.starts[page]:pages.starts[page + 1], pages.names.index('ends_sentence')] > 0
    keep, gap = p >= limit, 0
    for i in range(1, len(p)):
        is_fair = p[i] >= FAIRLY_PROBABLE
        if keep[i]:
            keep[i - gap:i] = True
            gap = 0
        elif keep[i - 1] and is_fair and ends[i]:
            keep[i] = True
        elif is_fair and gap < LONGEST_GAP and (gap or keep[i - 1]):
            gap += 1
        else:
            gap = 0
    return keep


def with_headings(pages, page, p, keep):
    """Keeps headings that are not improbable with the text right below."""
    level, hidden = column(pages, page, 'heading_level'), column(pages, page, 'is_hidden')
    is_next_kept = False
    for i in np.flatnonzero(hidden == 0)[::-1]:
        keep[i] |= is_next_kept and level[i] < 7 and p[i] >= LEAST_OF_HEADING
        is_next_kept = keep[i]
    return keep


def with_captions(pages, page, p, keep):
    """Keeps captions that are fairly probable among kept blocks."""
    kept = np.flatnonzero(keep)
    if len(kept):
        kind, among = column(pages, page, 'kind'), slice(kept[0], kept[-1])
        keep[among] |= (kind[among] == CAPTION) & (p[among] >= FAIRLY_PROBABLE)
    return keep


def with_introduced_lists(pages, page, p, keep):
    """Keeps lists that are not improbable behind text that ends with a colon."""
    lists, texts, start = pages.lists[page], pages.texts[page], 0
    while start < len(p):
        end = start + 1
        while end < len(p) and lists[end] == lists[start]:
            end += 1
        is_introduced = lists[start] is not None and start and keep[start - 1] and texts[start - 1].rstrip().endswith((':', '：'))
        if is_introduced and p[start:end].mean() >= LEAST_OF_LIST:
            keep[start:end] = True
        start = end
    return keep


def titles(pages, page):
    """Which blocks are marked up as headings and may be the page's title."""
    level, share = column(pages, page, 'heading_level'), column(pages, page, 'title_share')
    return ((level == 1) | (level < 7) & (share > TITLE_SHARE)) & (column(pages, page, 'is_hidden') == 0)


def title_before(is_title, first):
    """The last of the titles near before a block, or none."""
    near = max(0, first - HEADING_DISTANCE)
    return near + np.flatnonzero(is_title[near:first + 1])[-1:]


def with_title(pages, page, keep):
    """Keeps the heading that is the page's title."""
    if keep.any():
        keep[title_before(titles(pages, page), np.argmax(keep))] = True
    return keep


def without_copies_of_headings(pages, page, keep):
    """Drops what says the same as the kept heading beside it."""
    kind, texts, before = column(pages, page, 'kind'), pages.texts[page], None
    for i in np.flatnonzero(keep):
        is_told = kind[i] in (CODE, TABLE_ROW)
        is_copy = before is not None and not is_told and len(texts[i].encode()) >= LEAST_OF_COPY and texts[i] == texts[before]
        if is_copy and kind[before] == HEADING:
            keep[i] = False
            continue
        if is_copy and kind[i] == HEADING:
            keep[before] = False
        before = None if is_told else i
    return keep


def without_asides(pages, page, p, keep):
    """Drops doubtful runs of blocks beside the one text of a page, if they look otherwise."""
    says_many = any(column(pages, page, f'page.says_{name}').any() for name in ('list', 'discussion'))
    words = np.maximum(pages.words[pages.starts[page]:pages.starts[page + 1]], LEAST_WORDS)
    kept, missing = np.flatnonzero(keep), np.concatenate([[0], np.cumsum(np.where(keep, 0, words))])
    if says_many or len(kept) < 2:
        return keep
    is_apart = (np.diff(kept) > BLOCKS_APART) | (np.diff(missing[kept]) >= WORDS_APART)
    runs = np.split(kept, np.flatnonzero(is_apart) + 1)
    probability = [np.average(p[run], weights=words[run]) for run in runs]
    is_title = titles(pages, page)
    is_titled = [is_title[max(0, run[0] - HEADING_DISTANCE):run[-1] + 1].any() for run in runs]
    text = max(range(len(runs)), key=lambda i: ((words * p ** 2)[runs[i]].sum(), i))
    if not is_titled[text] or np.average(words[runs[text]], weights=words[runs[text]]) < TEXT_WORDS:
        return keep
    pattern = patterns(pages, page)
    of_text = set(pattern[i] for i in runs[text])
    for i, run in enumerate(runs):
        may_begin_text = i < text and is_titled[i]
        is_aside = i != text and probability[i] < min(DOUBTFUL, probability[text] - LESS_PROBABLE) and not may_begin_text
        if is_aside and of_text.isdisjoint(pattern[i] for i in run):
            keep[run] = False
    return keep


def patterns(pages, page):
    """What the elements of the blocks and those round them look like, by their tokens."""
    elements, parents, of_block = pages.tokens[page]
    return [(tuple(elements[element]), tuple(elements[parents[element]])) for element, *_ in of_block]


def with_summary(pages, page, p, keep):
    """Keeps what stands between title and text and says the same as the page's description of itself."""
    title = title_before(titles(pages, page), np.argmax(keep)) if keep.any() else []
    if not len(title) or not keep[title[0] + 1:].any():
        return keep
    start = title[0] + 1
    end = start + np.argmax(keep[start:])
    if end - start < SUMMARY_DISTANCE:
        feature = lambda name: column(pages, page, name)[start:end]
        words = pages.words[pages.starts[page]:][start:end]
        keep[start:end] = ((p[start:end] >= LEAST_OF_SUMMARY) & np.isin(feature('kind'), (PARAGRAPH, QUOTE, HEADING))
                           & (feature('is_hidden') == 0) & (feature('description_share') >= SUMMARY_SHARE)
                           & (feature('link_share') < MAX_SUMMARY_LINKS)
                           & (words >= SUMMARY_WORDS[0]) & (words <= SUMMARY_WORDS[1]))
    return keep
