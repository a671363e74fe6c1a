"""Which blocks of a page are content, by a text that is known to be the content: a gold text, or what an extractor kept."""
import re
from collections import Counter

from rapidfuzz.distance import LCSseq

UNSEPARATED = '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff'
TOKEN = re.compile(f'[{UNSEPARATED}]|[^\\W{UNSEPARATED}]+')
MIN_RUN = 3
SHINGLE = 4
# The two settings of one extractor, and two programs of one family, are not independent.
VOTES = {'trafilatura': .5, 'trafilatura_precision': .5, 'resiliparse': 1, 'readability_lxml': .7, 'mozilla': .8,
         'justext': 1, 'newspaper': 1, 'boilerpy': .8}


def tokens(text):
    return TOKEN.findall(text.lower())


def covered(blocks, reference):
    """For each block, a list of tokens, whether most of it is in the reference text: in runs of the longest common
    subsequence, or out of order in shingles of four; short blocks if they are one of its lines and stand beside a kept one."""
    want = tokens(reference)
    if not want:
        return [False] * len(blocks)
    ids = {}
    number = lambda words: [ids.setdefault(word, len(ids)) for word in words]
    flat = number([word for block in blocks for word in block])
    hit, used = bytearray(len(flat)), bytearray(len(want))
    for op in LCSseq.opcodes(flat, number(want)):
        if op.tag == 'equal' and op.src_end - op.src_start >= MIN_RUN:
            hit[op.src_start:op.src_end] = b'\1' * (op.src_end - op.src_start)
            used[op.dest_start:op.dest_end] = b'\1' * (op.dest_end - op.dest_start)
    left = Counter(tuple(want[i:i + SHINGLE]) for i in range(len(want) - SHINGLE + 1) if not any(used[i:i + SHINGLE]))
    lines = Counter(' '.join(tokens(line)) for line in reference.split('\n'))
    kept, at = [], 0
    for block in blocks:
        n = sum(hit[at:at + len(block)])
        at += len(block)
        shingles = [tuple(block[i:i + SHINGLE]) for i in range(len(block) - SHINGLE + 1)]
        is_moved = 2 * n <= len(block) and 2 * sum(left[s] > 0 for s in shingles) > len(shingles) > 0
        if is_moved:
            left.subtract(shingles)
        kept.append(2 * n > len(block) or is_moved)
        if kept[-1]:
            lines[' '.join(block)] -= 1
    for i, block in enumerate(blocks):
        line = ' '.join(block)
        if block and not kept[i] and lines[line] > 0 and any(kept[max(0, i - 2):i + 3]):
            kept[i] = True
            lines[line] -= 1
    return kept


def by_gold(blocks, gold):
    return [float(is_kept) for is_kept in covered([tokens(block) for block in blocks], gold)]


def by_votes(blocks, votes):
    """The square of the share of votes for each block, or nothing where too few extractors answered."""
    votes = {name: text for name, text in votes.items() if text.strip()}
    total = sum(VOTES[name] for name in votes)
    if total < sum(VOTES.values()) / 2:
        return None
    split = [tokens(block) for block in blocks]
    shares = [0.0] * len(blocks)
    for name, text in votes.items():
        for i, is_kept in enumerate(covered(split, text)):
            shares[i] += VOTES[name] / total * is_kept
    return [share * share for share in shares]
