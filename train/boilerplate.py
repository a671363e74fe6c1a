"""Makes models/boilerplate.bin: the lexicon of element names and the boosted trees that judge blocks.

usage: python train/boilerplate.py prepare DATA VOTES WORK      pages, blocks, features and labels, into WORK
       python train/boilerplate.py cross-validate DATA WORK     figures on held-out hosts
       python train/boilerplate.py train WORK                   writes models/boilerplate.bin

Before: python train/votes.py DATA VOTES, and cargo build --release --example describe_blocks.
The same WORK gives the same weights, byte for byte: one thread, fixed seeds."""
import glob, gzip, hashlib, json, lzma, multiprocessing, os, random, re, statistics, struct, subprocess, sys, textwrap
from collections import defaultdict
from urllib.parse import urlsplit

import inscriptis
import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

import labels
import refine

DESCRIBE = 'target/release/examples/describe_blocks'
GOLD_SETS = ('wcxb-dev', 'magic-article')       # the gold that may train what ships
WEIGHT_UNIT = np.float32(4 / 127)               # of a token
FOLDS = 5
PARTS = 4                                       # in training, what was learned of a page is learned from the parts without its host
MIN_HOSTS = 3                                   # a token of fewer hosts is not learned
MIN_PROSE_HOSTS = 10                            # nor a word of longer texts
MAX_BLOCKS = 300                                # of a page, in training
GOLD_WEIGHT = 3                                 # gold counts more than votes
NAMES = ('names.own', 'names.parent', 'names.sum', 'names.least', 'names.most', 'text_words.sum', 'heading_words.sum',
         'label_words.sum', 'previous.text_words', 'next.text_words')
ABOVE = b'hl'                                   # as in position.rs: words of the heading, and of the label
MAX_WORD_WEIGHT = 2.0                           # as in lexicon.rs
THRESHOLDS, LEAST_OF_PAGE = (.2, .7), .35        # as in judge.rs
DRAWS = (np.arange(32) + .5) / 32               # likewise
TREES = dict(objective='cross_entropy', num_leaves=31, min_data_in_leaf=150, feature_fraction=.35,
             bagging_fraction=.7, bagging_freq=1, lambda_l2=5., max_bin=127, seed=7, deterministic=True,
             force_row_wise=True, num_threads=int(os.environ.get('THREADS', 1)), verbose=-1)
# Trees and learning rate of the first look at a page, and of the second.
LOOKS = {'html': ((250, .09), (200, .06)), 'text': ((200, .08), (150, .06))}
SURELY_NOT, LIST_PARTS = .05, 3                 # as in forest.rs, and in judge.rs


def rows(path):
    opener = {'.gz': gzip.open, '.xz': lzma.open}.get(path[-3:], open)
    with opener(path, 'rt', encoding='utf-8') as file:
        yield from map(json.loads, file)


def stable(text):
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), 'big')


# ---- pages, blocks, labels

def host_of(page):
    url = page.get('url') or ''
    if not url:
        found = re.search(r'(?:og:url["\'][^>]*content=|rel=["\']canonical["\'][^>]*href=)["\'](https?://[^"\']+)', page['html'])
        url = found[1] if found else ''
    host = (urlsplit(url).hostname or '') if '[' not in url else ''
    if not host:
        return page['id'].split('_')[1] if page['source'] == 'daniel' else f'{page["source"]}/{page["id"]}'
    return '.'.join(host.removeprefix('www.').split('.')[-3:])


def gold_texts(data):
    return {f'{s}/{g["id"]}': g.get('text') or '' for s in GOLD_SETS for g in rows(f'{data}/data/extraction/{s}/gold.jsonl.gz')}


def all_pages(data, votes):
    """Each page once: the voted ones, then those with gold."""
    seen = set()
    for path in sorted(glob.glob(f'{votes}/*.jsonl')):
        for page in rows(path):
            seen.add(f'{page["source"]}/{page["id"]}')
            yield page
    for source in GOLD_SETS:
        for page in rows(glob.glob(f'{data}/data/extraction/{source}/pages.jsonl.?z')[0]):
            if f'{source}/{page["id"]}' not in seen:
                yield {'source': source, 'votes': {}, **page}


def describe(work, name, *probabilities):
    subprocess.run([DESCRIBE, f'{work}/{name}.pages.jsonl', f'{work}/{name}', *probabilities], check=True)


def target_of(texts, page, gold):
    return labels.by_gold(texts, gold) if gold is not None else labels.by_votes(texts, page['votes'])


def label(task):
    """Labels for a page's blocks, and for its lines in a rendering as plain text: ours, or that of inscriptis."""
    page, described, gold = task
    texts = [block[0] for block in described['blocks']]
    target = target_of(texts, page, gold)
    chance = random.Random(stable(page['key']))
    rendered = texts, target
    if target is not None and chance.random() < .6:
        try:
            lines = [line for line in inscriptis.get_text(page['html']).split('\n') if line.strip()]
            rendered = lines, target_of([' '.join(line.split()) for line in lines], page, gold)
        except Exception:       # whatever it cannot read is read our way
            pass
    return target, text_page(chance, *rendered) if rendered[1] is not None else None


def text_page(chance, texts, target):
    """Lines with their labels: whole, or with head and tail cut; with blank lines or without; sometimes wrapped."""
    lines = [(line, t) for text, t in zip(texts, target) for line in text.split('\n') if re.search(r'\w', line)]
    kept = [i for i, (_, t) in enumerate(lines) if t > .4]
    if kept and chance.random() < .3:
        lines = lines[max(0, kept[0] - chance.choice((0, 1, 2, 4))):kept[-1] + 1 + chance.choice((0, 3, 8, 20))]
    if chance.random() < .15:
        lines = [(part, t) for line, t in lines for part in textwrap.wrap(line, 72)]
    gap = chance.choice((0, 0, .3, 1))
    out = []
    for i, (line, t) in enumerate(lines):
        if i and chance.random() < gap:
            out.append(('', None))
        out.append((' '.join(line.split()), t))
    return out


def prepare(data, votes, work):
    os.makedirs(work, exist_ok=True)
    gold = gold_texts(data)
    keys, hosts = [], []
    with open(f'{work}/html.pages.jsonl', 'w') as out:
        for page in all_pages(data, votes):
            page['key'] = f'{page["source"]}/{page["id"]}'
            keys.append(page['key'])
            hosts.append(host_of(page))
            out.write(json.dumps({**page, 'id': page['key']}) + '\n')
    describe(work, 'html')
    tasks = ((page, described, gold.get(page['key']))
             for page, described in zip(rows(f'{work}/html.pages.jsonl'), rows(f'{work}/html.jsonl')))
    with multiprocessing.Pool(2) as pool, open(f'{work}/html.labels.jsonl', 'w') as out, \
            open(f'{work}/text.pages.jsonl', 'w') as text, open(f'{work}/text.labels.jsonl', 'w') as text_labels:
        for key, host, (target, lines) in zip(keys, hosts, pool.imap(label, tasks, chunksize=8)):
            out.write(json.dumps([key, host, target]) + '\n')
            if lines:
                text.write(json.dumps({'id': key, 'text': '\n'.join(line for line, _ in lines)}) + '\n')
                text_labels.write(json.dumps([key, host, [t for _, t in lines if t is not None]]) + '\n')
    describe(work, 'text')


def prepare_lines(data, work):
    """The pages of the sets as lines that figures for plain text are measured on."""
    with open(f'{work}/lines.pages.jsonl', 'w') as out, open(f'{work}/lines.labels.jsonl', 'w') as keep:
        for path in sorted(glob.glob(f'{data}/data/extraction/*/lines.jsonl.gz')):
            source = path.split('/')[-2]
            for page in rows(path):
                out.write(json.dumps({'id': f'{source}/{page["id"]}', 'text': '\n'.join(page['lines'])}) + '\n')
                keep.write(json.dumps([f'{source}/{page["id"]}', '', [float(k) for k in page['keep']]]) + '\n')
    describe(work, 'lines')


class Pages:
    """Blocks of all pages in one table, with their labels, tokens and pages."""

    def __init__(self, work, name):
        self.work, self.name = work, name
        self.names = open(f'{work}/{name}.names').read().split('\n')
        self.features = np.fromfile(f'{work}/{name}.f32', dtype='<f4').reshape(-1, len(self.names))
        self.keys, self.hosts, self.starts, self.tokens, self.lists, self.texts = [], [], [0], [], [], []
        targets, prose, n_prose = [], [], []
        for described, (key, host, target) in zip(rows(f'{work}/{name}.jsonl'), rows(f'{work}/{name}.labels.jsonl')):
            blocks = described['blocks']
            if target is not None and len(target) != len(blocks):
                target = None
            self.keys.append(key)
            self.hosts.append(host)
            self.starts.append(self.starts[-1] + len(blocks))
            self.tokens.append(page_tokens(described))
            self.lists.append([block[4] for block in blocks])
            self.texts.append([block[0] for block in blocks])
            prose.append(np.array([token for block in blocks for token in block[5]], 'u4'))
            n_prose += [len(block[5]) for block in blocks]
            targets += target if target is not None else [np.nan] * len(blocks)
        self.target = np.array(targets, dtype='f4')
        self.prose, self.prose_starts = np.concatenate(prose), np.concatenate([[0], np.cumsum(n_prose)])
        self.words = np.expm1(self.features[:, self.names.index('words')])
        self.page = np.repeat(np.arange(len(self.keys)), np.diff(self.starts))
        self.page_weight = np.where([key.split('/')[0] in GOLD_SETS for key in self.keys], GOLD_WEIGHT, 1)
        self.fold = np.array([stable(host) % FOLDS for host in self.hosts])

    def all_blocks_of(self, is_wanted):
        return np.flatnonzero(is_wanted[self.page])

    def prose_of(self, blocks):
        """The words of longer texts: their tokens, and for each the place of its block among these."""
        n = self.prose_starts[blocks + 1] - self.prose_starts[blocks]
        of_block = np.repeat(np.arange(len(blocks)), n)
        within = np.arange(len(of_block)) - np.repeat(np.cumsum(n) - n, n)
        return self.prose[self.prose_starts[blocks][of_block] + within], of_block

    def in_context(self, probabilities):
        """What a first look that found these probabilities says of the blocks: a table."""
        probabilities.astype('<f4').tofile(f'{self.work}/{self.name}.probabilities.f32')
        describe(self.work, self.name, f'{self.work}/{self.name}.probabilities.f32')
        context = np.fromfile(f'{self.work}/{self.name}.context.f32', dtype='<f4')
        return context.reshape(len(probabilities), -1)

    def blocks_of(self, is_wanted):
        """Indices of at most MAX_BLOCKS labelled blocks of each page that is wanted."""
        found = []
        for i in np.flatnonzero(is_wanted):
            blocks = np.arange(self.starts[i], self.starts[i + 1])
            blocks = blocks[~np.isnan(self.target[blocks])]
            if len(blocks) > MAX_BLOCKS:
                blocks = np.sort(np.random.default_rng(stable(self.keys[i])).choice(blocks, MAX_BLOCKS, replace=False))
            found.append(blocks)
        return np.concatenate(found)

    def weights(self, blocks):
        """Blocks by their words, pages nearly alike."""
        weight = np.minimum(self.words[blocks], 300) + 3
        total = np.bincount(self.page[blocks], weight, len(self.keys))
        return weight / total[self.page[blocks]] ** .8 * self.page_weight[self.page[blocks]]


def page_tokens(described):
    """The tokens of each element, its parent, and for each block its element, the tokens of its text, and those of the
    heading and the label above it."""
    elements, blocks = described['elements'], described['blocks']
    words = [block[2] for block in blocks]
    above = [[[token_above(kind, t) for t in words[i]] if i is not None else [] for kind, i in zip(ABOVE, block[3])] for block in blocks]
    return [tokens for _, tokens in elements], [parent for parent, _ in elements], [
        (block[1], *tokens) for block, *tokens in zip(blocks, words, above)]


def token_above(kind, token):
    return (token ^ kind) * 0x01000193 & 0xffffffff


# ---- the lexicon

def quantised(weights):
    """Which weights are not nothing, and these in units."""
    units = np.round(np.clip(weights, -127 * WEIGHT_UNIT, 127 * WEIGHT_UNIT) / WEIGHT_UNIT).astype(int)
    return units != 0, units[units != 0]


class Lexicon:
    def __init__(self, pages, blocks):
        hosts = defaultdict(set)
        for i in np.unique(pages.page[blocks]):
            elements, _, of_block = pages.tokens[i]
            for token in {t for tokens in elements for t in tokens} | {t for _, own, above in of_block for t in sum(above, own)}:
                if len(hosts[token]) < MIN_HOSTS:
                    hosts[token].add(pages.hosts[i])
        self.tokens = sorted(token for token, found in hosts.items() if len(found) >= MIN_HOSTS)
        self.index = {token: i for i, token in enumerate(self.tokens)}
        self.fit(pages, blocks)
        self.fit_prose(pages, blocks)

    def fit(self, pages, blocks):
        chosen = blocks[np.random.default_rng(1).permutation(len(blocks))[:400_000]]
        chosen.sort()
        indices, pointers = [], [0]
        for block in chosen:
            elements, parents, of_block = pages.tokens[pages.page[block]]
            element, own, above = of_block[block - pages.starts[pages.page[block]]]
            found = sum(above, own)
            while element:
                found = found + elements[element]
                element = parents[element]
            indices += [self.index[t] for t in found if t in self.index]
            pointers.append(len(indices))
        counts = csr_matrix((np.ones(len(indices), 'f4'), indices, pointers), (len(chosen), len(self.tokens)))
        counts.sum_duplicates()
        model = SGDClassifier(loss='log_loss', alpha=3e-6, max_iter=4, tol=None, average=True, random_state=1)
        weight = pages.weights(chosen)
        model.fit(counts, pages.target[chosen] > .4, sample_weight=weight / weight.mean())
        kept, self.quantised = quantised(model.coef_[0])
        self.tokens = [token for token, is_kept in zip(self.tokens, kept) if is_kept]
        self.weight = {token: float(q * WEIGHT_UNIT) for token, q in zip(self.tokens, self.quantised)}

    def fit_prose(self, pages, blocks):
        """What the words of longer texts weigh, learned from these alone."""
        tokens, of_block = pages.prose_of(blocks)
        numbers = {host: i for i, host in enumerate(sorted(set(pages.hosts)))}
        host = np.array([numbers[host] for host in pages.hosts], 'u8')[pages.page[blocks]][of_block]
        known, n_hosts = np.unique(np.unique(host << np.uint64(32) | tokens) & np.uint64(0xffffffff), return_counts=True)
        self.prose_tokens = known[n_hosts >= MIN_PROSE_HOSTS].astype('u4')
        counts = self.prose_counts(tokens, of_block, len(blocks))
        has_prose = np.diff(counts.indptr) > 0
        model = SGDClassifier(loss='log_loss', alpha=1e-5, max_iter=5, tol=None, average=True, random_state=1)
        weight = pages.weights(blocks[has_prose])
        model.fit(counts[has_prose], pages.target[blocks[has_prose]] > .4, sample_weight=weight / weight.mean())
        kept, self.prose_quantised = quantised(model.coef_[0])
        self.prose_tokens = self.prose_tokens[kept]

    def prose_counts(self, tokens, of_block, n_blocks):
        """How often each known word is in each text, by the root of the number of them all."""
        place = np.minimum(np.searchsorted(self.prose_tokens, tokens), len(self.prose_tokens) - 1)
        is_known = self.prose_tokens[place] == tokens
        n_known = np.bincount(of_block[is_known], minlength=n_blocks)
        shape = n_blocks, len(self.prose_tokens)
        counts = csr_matrix((1 / np.sqrt(n_known[of_block[is_known]]), (of_block[is_known], place[is_known])), shape)
        counts.sum_duplicates()
        return counts

    def fill(self, pages, is_wanted):
        """Writes the features of pages that come from the lexicon."""
        for page in np.flatnonzero(is_wanted):
            self.fill_page(pages, page)
        blocks = pages.all_blocks_of(is_wanted)
        counts = self.prose_counts(*pages.prose_of(blocks), len(blocks))
        pages.features[blocks, pages.names.index('prose_words')] = counts @ (self.prose_quantised * WEIGHT_UNIT)

    def fill_page(self, pages, page):
        elements, parents, of_block = pages.tokens[page]
        weight = self.weight
        own = [sum(weight.get(t, 0) for t in tokens) for tokens in elements]
        total, least, most = [0.] * len(own), [0.] * len(own), [0.] * len(own)
        for i in range(1, len(own)):
            parent = parents[i]
            total[i], least[i], most[i] = total[parent] + own[i], min(least[parent], own[i]), max(most[parent], own[i])
        words = lambda tokens: max(-MAX_WORD_WEIGHT, min(MAX_WORD_WEIGHT, sum(weight.get(t, 0) for t in tokens)))
        texts = [words(tokens) for _, tokens, _ in of_block]
        columns = [pages.names.index(name) for name in NAMES]
        for i, (e, _, (heading, label)) in enumerate(of_block):
            pages.features[pages.starts[page] + i, columns] = (
                own[e], own[parents[e]], total[e], least[e], most[e], texts[i], words(heading), words(label),
                texts[i - 1] if i else 0, texts[i + 1] if i + 1 < len(texts) else 0)


# ---- trees

def boosted(pages, table, blocks, n_trees, rate):
    data = lightgbm.Dataset(table, pages.target[blocks], weight=pages.weights(blocks), free_raw_data=True)
    return lightgbm.train({**TREES, 'learning_rate': rate}, data, n_trees)


def part_of(pages, salt):
    return np.array([stable(host + salt) % PARTS for host in pages.hosts])


class Looks:
    """Trees that look at blocks one by one, and trees that look again and know what the first said of the others."""

    def __init__(self, pages, is_wanted, kind):
        (n_first, rate_first), (n_second, rate_second) = LOOKS[kind]
        blocks = pages.blocks_of(is_wanted)
        self.first = boosted(pages, pages.features[blocks], blocks, n_first, rate_first)
        # In training, the second look is shown what trees say that have not seen the page's host.
        part, unseen = part_of(pages, '/looks'), np.zeros(len(pages.target), 'f4')
        for own_part in range(PARTS):
            others = pages.blocks_of(is_wanted & (part != own_part))
            trees = boosted(pages, pages.features[others], others, n_first, rate_first)
            own = pages.all_blocks_of(is_wanted & (part == own_part))
            unseen[own] = predict(trees, pages.features[own])
        context = pages.in_context(unseen)
        self.n_context = context.shape[1]
        table = np.hstack([pages.features[blocks], context[blocks]])
        self.second = boosted(pages, table, blocks, n_second, rate_second)

    def probabilities(self, pages, is_wanted):
        """Of all blocks; only those of the pages that are wanted mean something."""
        blocks = pages.all_blocks_of(is_wanted)
        found = np.zeros(len(pages.target), 'f4')
        found[blocks] = predict(self.first, pages.features[blocks])
        for page in np.flatnonzero(is_wanted):
            hide(pages, page, found)
        undecided = blocks[found[blocks] >= SURELY_NOT]
        table = np.hstack([pages.features[undecided], pages.in_context(found)[undecided]])
        found[undecided] = predict(self.second, table)
        for page in np.flatnonzero(is_wanted):
            hold_together(pages, page, found)
        return found


def predict(trees, table):
    return trees.predict(table, num_threads=TREES['num_threads'])


def hold_together(pages, page, probabilities):
    """The items of a list and the rows of a table are as probable as they are on average, as in judge.rs."""
    lists = defaultdict(list)
    for block, number in enumerate(pages.lists[page], pages.starts[page]):
        if number is not None and probabilities[block] > 0:
            lists[number].append(block)
    for blocks in lists.values():
        if len(blocks) >= LIST_PARTS:
            probabilities[blocks] = np.average(probabilities[blocks], weights=np.maximum(pages.words[blocks], .5))


def hide(pages, page, probabilities):
    """Rules hidden text out, unless most of the page is hidden, as judge.rs does."""
    blocks = slice(pages.starts[page], pages.starts[page + 1])
    hidden = pages.features[blocks, pages.names.index('is_hidden')] > 0
    link = pages.features[blocks, pages.names.index('link_share')]
    prose = np.where((pages.words[blocks] >= 12) & (link < .5), pages.words[blocks], 0)
    if prose[hidden].sum() <= prose.sum() / 2:
        probabilities[blocks][hidden] = 0


def fit(pages, is_wanted):
    """A lexicon and trees from these pages; in training, the trees see names weighed by other hosts' pages."""
    part = part_of(pages, '/lexicon')
    for own_part in range(PARTS):
        lexicon = Lexicon(pages, pages.blocks_of(is_wanted & (part != own_part)))
        lexicon.fill(pages, is_wanted & (part == own_part))
    lexicon = Lexicon(pages, pages.blocks_of(is_wanted))
    lexicon.fill(pages, ~is_wanted)
    return lexicon, Looks(pages, is_wanted, 'html')


def fit_text(text, lexicon, is_wanted):
    """Trees for plain text. Words are weighed by a lexicon that saw the pages, since one by other hosts' pages does worse here."""
    lexicon.fill(text, np.ones(len(text.keys), bool))
    return Looks(text, is_wanted, 'text')


def threshold(p, words):
    """The probability from which on keeping promises the largest F1, and that F1."""
    if not len(p) or p.max() < LEAST_OF_PAGE:
        return 1., 0.
    order = np.argsort(-p, kind='stable')
    kept, wanted = np.cumsum(words[order]), np.array([words[p >= draw].sum() for draw in DRAWS])
    expected = (2 * np.minimum.outer(kept, wanted) / np.maximum(np.add.outer(kept, wanted), 1e-9)).mean(axis=1)
    best = float(np.clip(p[order][np.argmax(expected)], *THRESHOLDS))
    n_kept = np.count_nonzero(p >= best)
    return best, float(expected[n_kept - 1]) if n_kept else 0.


# ---- the file

def forest_bytes(trees):
    return trees_bytes(trees.dump_model()['tree_info'])


def trees_bytes(dump):
    found = [flat(tree['tree_structure']) for tree in dump]
    scale = np.float32(max(abs(leaf) for _, leaves in found for leaf in leaves) / 32767)
    out = struct.pack('<If', len(found), scale)
    for splits, leaves in found:
        out += struct.pack('<B', len(splits))
        for feature, limit, left, right in splits:
            single = np.float32(limit)
            single = np.nextafter(single, np.float32(-np.inf)) if float(single) > limit else single
            out += struct.pack('<Bfbb', feature, single, left, right)
        out += struct.pack(f'<{len(leaves)}h', *(round(leaf / float(scale)) for leaf in leaves))
    return out


def flat(root):
    """Splits as (feature, threshold, left, right) and leaves; below zero a child is a leaf."""
    splits, leaves = [], []
    def visit(node):
        if 'leaf_value' in node:
            leaves.append(node['leaf_value'])
            return ~(len(leaves) - 1)
        at = len(splits)
        splits.append(None)
        left, right = visit(node['left_child']), visit(node['right_child'])
        splits[at] = node['split_feature'], node['threshold'], left, right
        return at
    visit(root)
    return splits, leaves


def model_bytes(n_features, n_context, lexicon, html, text, calibration):
    weights = sorted(zip([*lexicon.tokens, *lexicon.prose_tokens.tolist()], [*lexicon.quantised, *lexicon.prose_quantised]))
    out = b'CMB2' + struct.pack('<III', n_features, n_context, len(weights))
    out += struct.pack(f'<{len(weights)}If', *(token for token, _ in weights), WEIGHT_UNIT)
    out += struct.pack(f'<{len(weights)}b', *(units for _, units in weights))
    out += b''.join(forest_bytes(trees) for looks in (html, text) for trees in (looks.first, looks.second))
    out += struct.pack('<B', len(calibration))
    return out + b''.join(struct.pack('<ff', x, y) for x, y in calibration)


def calibration_points(pairs, n=8):
    """Expected and measured F1 in groups of equal size, made to rise."""
    pairs = sorted(pairs)
    groups = [pairs[i * len(pairs) // n:(i + 1) * len(pairs) // n] for i in range(n)]
    points, top = [], 0.
    for group in groups:
        x, top = statistics.mean(p[0] for p in group), max(top, statistics.mean(p[1] for p in group))
        if not points or x > points[-1][0]:
            points.append((x, top))
    return points


def train(work):
    pages, text = Pages(work, 'html'), Pages(work, 'text')
    lexicon, html = fit(pages, np.ones(len(pages.keys), bool))
    plain = fit_text(text, lexicon, np.ones(len(text.keys), bool))
    points = json.load(open(f'{work}/calibration.json'))
    with open('models/boilerplate.bin', 'wb') as out:
        out.write(model_bytes(len(pages.names), html.n_context, lexicon, html, plain, points))


# ---- figures

def score_module(data):
    sys.path.insert(0, f'{data}/eval/extraction')
    import score
    return score


def cross_validate(data, work, folds=range(FOLDS)):
    score = score_module(data)
    pages = Pages(work, 'html')
    predicted, expected, unseen = defaultdict(dict), {}, np.zeros(len(pages.target), 'f4')
    for fold in folds:
        _, looks = fit(pages, pages.fold != fold)
        probabilities = looks.probabilities(pages, pages.fold == fold)
        own = pages.all_blocks_of(pages.fold == fold)
        unseen[own] = probabilities[own]
        for page in np.flatnonzero(pages.fold == fold):
            blocks = slice(pages.starts[page], pages.starts[page + 1])
            limit, expected[pages.keys[page]] = threshold(probabilities[blocks], pages.words[blocks])
            source, key = pages.keys[page].split('/', 1)
            kept = refine.html(pages, page, probabilities[blocks], limit)
            predicted[source][key] = '\n'.join(text for text, keep in zip(pages.texts[page], kept) if keep)
        print('fold', fold, flush=True)
    pairs = []
    for source in sorted(os.listdir(f'{data}/data/extraction')):
        gold = [g for g in rows(f'{data}/data/extraction/{source}/gold.jsonl.gz') if g['id'] in predicted[source]]
        figures, each = score.score(gold, predicted[source])
        if 'sh_f1' not in figures:
            continue
        print(f'{source:16}{figures["n"]:6}', *(f'{m} {figures[m]:.4f}' for m in ('sh_f1', 'sh_p', 'sh_r', 'bow', 'bow_p', 'bow_r', 'empty')))
        for by in ('page_type', 'lang'):
            groups = defaultdict(list)
            for row in each:
                groups[row.get(by)].append(row)
            if len(groups) > 1:
                print('   ', *(f'{k} {score.agg(v)["sh_f1"]:.3f}/{score.agg(v)["bow"]:.3f}' for k, v in sorted(groups.items(), key=str)))
        if source in GOLD_SETS:
            pairs += [(expected[f'{source}/{row["id"]}'], row['bow']) for row in each]
    points = calibration_points(pairs)
    json.dump(points, open(f'{work}/calibration.json', 'w'))
    np.save(f'{work}/unseen.npy', unseen)
    print('calibration', points)


def cross_validate_text(data, work, folds=range(FOLDS)):
    sys.path.insert(0, f'{data}/eval/extraction')
    import lines as score
    pages, text, lines = Pages(work, 'html'), Pages(work, 'text'), Pages(work, 'lines')
    fold_of = dict(zip(pages.keys, pages.fold))
    lines.fold = np.array([fold_of.get(key, stable(key) % FOLDS) for key in lines.keys])
    keep = {}
    for fold in folds:
        lexicon = Lexicon(pages, pages.blocks_of(pages.fold != fold))
        looks = fit_text(text, lexicon, text.fold != fold)
        lexicon.fill(lines, lines.fold == fold)
        probabilities = looks.probabilities(lines, lines.fold == fold)
        for page in np.flatnonzero(lines.fold == fold):
            blocks = slice(lines.starts[page], lines.starts[page + 1])
            limit, _ = threshold(probabilities[blocks], lines.words[blocks])
            keep[lines.keys[page]] = refine.text(lines, page, probabilities[blocks], limit)
        print('fold', fold, flush=True)
    for path in sorted(glob.glob(f'{data}/data/extraction/*/lines.jsonl.gz')):
        source = path.split('/')[-2]
        found = [row for row in rows(path) if len(keep.get(f'{source}/{row["id"]}', ())) == len(row['lines'])]
        if found:
            figures = score.evaluate(found, lambda row: [int(k) for k in keep[f'{source}/{row["id"]}']])
            print(f'{source:16}{figures["n"]:6}', *(f'{m} {figures[m]:.4f}' for m in ('tok_f1', 'tok_p', 'tok_r', 'page_tok_f1')))


if __name__ == '__main__':
    command, *arguments = sys.argv[1:]
    {'prepare': lambda s, v, w: (prepare(s, v, w), prepare_lines(s, w)), 'train': train,
     'cross-validate': lambda s, w: (cross_validate(s, w), cross_validate_text(s, w))}[command](*arguments)
