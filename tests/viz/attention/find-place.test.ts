import { describe, expect, it } from 'vitest';
import { findPlace } from '../../../src/lib/viz/attention/find-place.ts';

const within = {
  n_layer: 12,
  n_head: 12,
  texts: ['When', ' Mary', ' and', ' John', ' met', ' Mary'],
  after: 1
};

describe('findPlace(typed, findable)', () => {
  it('takes 5.3 for a head and a number for a position', () => {
    expect(findPlace('5.3', within)).toEqual({ kind: 'head', layer: 5, head: 3 });
    expect(findPlace('head 11.0', within)).toEqual({ kind: 'head', layer: 11, head: 0 });
    expect(findPlace(' 4 ', within)).toEqual({ kind: 'position', position: 4 });
  });
  it('finds the next token that holds the text, round the end', () => {
    expect(findPlace('·mary', within)).toEqual({ kind: 'position', position: 5 });
    expect(findPlace('Mary', { ...within, after: 5 })).toEqual({ kind: 'position', position: 1 });
  });
  it('finds nothing that is not there', () => {
    for (const typed of ['12.0', '0.12', '99', 'Tom', '', ' ']) expect(findPlace(typed, within)).toBeNull();
  });
});
