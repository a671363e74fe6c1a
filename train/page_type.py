"""What kind of page it is: makes models/page_type.bin.

    python train/page_type.py DATA WORK

Before: python train/boilerplate.py prepare and cross-validate, which leave in WORK the blocks, their features and the probabilities
that weights gave them which had not seen their page's host. Prints figures on hosts that were not trained on, then trains on all.
The same WORK gives the same weights, byte for byte.
"""
import struct
import sys

import lightgbm
import numpy as np

from boilerplate import FOLDS, NAMES, rows, stable, trees_bytes

SOURCE = 'wcxb-dev'
# Crawls and sets of articles and nothing else, and what a page of them counts beside one whose kind is given.
ARTICLES, ARTICLE_WEIGHT = ('big9', 'fundus-news-48-countries', 'l3s-gn1', 'recipes-316-hosts'), .1
TYPES = ('article', 'collection', 'documentation', 'forum', 'listing', 'product', 'service')     # as in page_type.rs, by name
ADDRESS, LEAST_PROBABILITY, LEAST_CONTENT, LIKELY, LEAST_WORDS = 11, .6, 100, .5, .5              # likewise
ROUNDS = 130
TREES = dict(objective='multiclass', num_class=len(TYPES), num_leaves=5, learning_rate=.06, feature_fraction=.4, bagging_fraction=.7,
             bagging_freq=1, min_data_in_leaf=8, verbose=-1, num_threads=1, seed=1, deterministic=True, force_col_wise=True)


def table(data, work):
    """For each page that has enough content and a type: what describes it, its type, its weight, its source and its fold."""
    types = {f'{SOURCE}/{g["id"]}': g['page_type'] for g in rows(f'{data}/data/extraction/{SOURCE}/gold.jsonl.gz')}
    names = open(f'{work}/html.names').read().split('\n')
    features = np.fromfile(f'{work}/html.f32', dtype='<f4').reshape(-1, len(names))
    probabilities = np.load(f'{work}/unseen.npy')
    # What words weigh is learned for content, and differs between training and use.
    features[:, [names.index(name) for name in (*NAMES, 'prose_words')]] = 0
    described, found, weights, sources, folds, start = [], [], [], [], [], 0
    for page, (key, host, _) in zip(rows(f'{work}/html.jsonl'), rows(f'{work}/html.labels.jsonl')):
        blocks = slice(start, start + len(page['blocks']))
        start = blocks.stop
        own, p = features[blocks], probabilities[blocks]
        words = np.maximum(np.expm1(own[:, names.index('words')]), LEAST_WORDS)
        weight = np.where(p >= LIKELY, words * p, 0)
        source = key.split('/')[0]
        page_type = 'article' if source in ARTICLES else types.get(key)
        if page_type and weight.sum() >= LEAST_CONTENT:
            described.append(np.concatenate([page['address'], weight @ own / weight.sum()]))
            found.append(TYPES.index(page_type))
            weights.append(ARTICLE_WEIGHT if source in ARTICLES else 1)
            sources.append(source)
            folds.append(stable(host) % FOLDS)
    return tuple(np.array(column) for column in (described, found, weights, sources, folds))


def without_address(described):
    return np.hstack([np.zeros((len(described), ADDRESS)), described[:, ADDRESS:]])


def trained(described, types, weights):
    """Trees that see each page with its address and without, so that not to have one is no sign of the sets that have none."""
    twice = np.vstack([described, without_address(described)])
    return lightgbm.train(TREES, lightgbm.Dataset(twice, np.tile(types, 2), weight=np.tile(weights / 2, 2)), ROUNDS)


def print_figures(described, types, weights, sources, folds):
    p, p_without = np.zeros((2, len(types), len(TYPES)))
    for fold in range(FOLDS):
        others = folds != fold
        trees = trained(described[others], types[others], weights[others])
        p[~others], p_without[~others] = trees.predict(described[~others]), trees.predict(without_address(described[~others]))
    named, is_named = p.argmax(axis=1), p.max(axis=1) >= LEAST_PROBABILITY
    is_right = named == types
    for source in (SOURCE, *ARTICLES):
        own = sources == source
        print(f'{source:26}{own.sum():5} right {is_right[own].mean():.3f}; named {is_named[own].mean():.3f},',
              f'of them right {is_right[own & is_named].mean():.3f}')
    own = sources == SOURCE
    print(f'{SOURCE} without addresses: right {(p_without.argmax(axis=1) == types)[own].mean():.3f}')
    for number, name in enumerate(TYPES):
        of_type, so_named = own & (types == number), own & is_named & (named == number)
        print(f'{name:14}{of_type.sum():5} precision {is_right[so_named].mean():.3f} recall {so_named[of_type].mean():.3f}')


def main(data, work):
    described, types, weights, sources, folds = table(data, work)
    print_figures(described, types, weights, sources, folds)
    trees = trained(described, types, weights).dump_model()['tree_info']
    with open('models/page_type.bin', 'wb') as out:
        out.write(b'CMT1' + struct.pack('<I', described.shape[1]))
        for number in range(len(TYPES)):
            out.write(trees_bytes(trees[number::len(TYPES)]))


if __name__ == '__main__':
    main(*sys.argv[1:])
