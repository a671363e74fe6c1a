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

from boilerplate import FOLDS, NAMES, SURELY_NOT, rows, stable, trees_bytes

SOURCE = 'wcxb-dev'
TYPES = ('article', 'collection', 'documentation', 'forum', 'listing', 'product', 'service')     # as in page_type.rs, by name
LEAST_PROBABILITY, LEAST_WORDS = .5, .5                                                          # likewise
ROUNDS = 100
TREES = dict(objective='multiclass', num_class=len(TYPES), num_leaves=7, learning_rate=.06, feature_fraction=.2, bagging_fraction=.7,
             bagging_freq=1, min_data_in_leaf=8, verbose=-1, num_threads=1, seed=1, deterministic=True, force_col_wise=True)


def table(data, work):
    """For each page of the set that has content: what describes it, its type and its fold."""
    types = {f'{SOURCE}/{g["id"]}': g['page_type'] for g in rows(f'{data}/data/extraction/{SOURCE}/gold.jsonl.gz')}
    names = open(f'{work}/html.names').read().split('\n')
    features = np.fromfile(f'{work}/html.f32', dtype='<f4').reshape(-1, len(names))
    probabilities = np.load(f'{work}/unseen.npy')
    # What words weigh is learned for content, and differs between training and use.
    features[:, [names.index(name) for name in (*NAMES, 'prose_words')]] = 0
    described, found, folds, start = [], [], [], 0
    for page, (key, host, _) in zip(rows(f'{work}/html.jsonl'), rows(f'{work}/html.labels.jsonl')):
        blocks = slice(start, start + len(page['blocks']))
        start = blocks.stop
        own, p = features[blocks], probabilities[blocks]
        words = np.maximum(np.expm1(own[:, names.index('words')]), LEAST_WORDS)
        weight = np.where(p >= SURELY_NOT, words * p, 0)
        if key in types and weight.sum() > 0:
            described.append(np.concatenate([page['address'], weight @ own / weight.sum()]))
            found.append(TYPES.index(types[key]))
            folds.append(stable(host) % FOLDS)
    return np.array(described), np.array(found), np.array(folds)


def trained(described, types):
    return lightgbm.train(TREES, lightgbm.Dataset(described, types), ROUNDS)


def print_figures(described, types, folds):
    p = np.zeros((len(types), len(TYPES)))
    for fold in range(FOLDS):
        p[folds == fold] = trained(described[folds != fold], types[folds != fold]).predict(described[folds == fold])
    named, is_named = p.argmax(axis=1), p.max(axis=1) >= LEAST_PROBABILITY
    is_right = named == types
    print(f'pages {len(types)}, right {is_right.mean():.3f}; named {is_named.mean():.3f}, of them right {is_right[is_named].mean():.3f}')
    for number, name in enumerate(TYPES):
        of_type, so_named = types == number, is_named & (named == number)
        print(f'{name:14}{of_type.sum():5} precision {is_right[so_named].mean():.3f} recall {so_named[of_type].mean():.3f}')


def main(data, work):
    described, types, folds = table(data, work)
    print_figures(described, types, folds)
    trees = trained(described, types).dump_model()['tree_info']
    with open('models/page_type.bin', 'wb') as out:
        out.write(b'CMT1' + struct.pack('<I', described.shape[1]))
        for number in range(len(TYPES)):
            out.write(trees_bytes(trees[number::len(TYPES)]))


if __name__ == '__main__':
    main(*sys.argv[1:])
