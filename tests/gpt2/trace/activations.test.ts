import { describe, expect, it } from 'vitest';
import {
  ACTIVATIONS,
  activationKind,
  activationNames,
  everyActivation,
  exportName
} from '../../../src/lib/gpt2/trace/activations.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { loadFixture } from '../../reference/fixture.ts';
import { TINY_CONFIG } from '../tiny-model.ts';

describe('exportName(name, layer)', () => {
  it.each([
    ['pattern', 5, 'blocks.5.attn.hook_pattern'],
    ['ln1.scale', 0, 'blocks.0.ln1.hook_scale'],
    ['mlp.post', 11, 'blocks.11.mlp.hook_post'],
    ['attn_out', 2, 'blocks.2.hook_attn_out'],
    ['embed', undefined, 'hook_embed'],
    ['ln_final.normalized', undefined, 'ln_final.hook_normalized'],
    ['logits', undefined, 'logits']
  ] as const)('spells %s of layer %s as TransformerLens does: %s', (name, layer, full) => {
    expect(exportName(name, layer)).toBe(full);
  });

  it('gives exactly the names that TransformerLens has for a model of 12 layers', () => {
    const ours = [...everyActivation({ ...TINY_CONFIG, n_layer: 12 })].map(({ name, layer }) =>
      exportName(name, layer)
    );
    expect(new Set(ours).size).toBe(ours.length);
    expect(ours.toSorted()).toEqual(Object.keys(loadFixture('one-token', 'tl').rows).toSorted());
  });
});

describe('everyActivation(config)', () => {
  it('walks in the order of the computation: embeddings, blocks, ln_f, logits', () => {
    const names = [...everyActivation(TINY_CONFIG)].map(({ name, layer }) => exportName(name, layer));
    expect(names.slice(0, 3)).toEqual(['hook_embed', 'hook_pos_embed', 'blocks.0.hook_resid_pre']);
    expect(names.slice(-4)).toEqual([
      'blocks.1.hook_resid_post',
      'ln_final.hook_scale',
      'ln_final.hook_normalized',
      'logits'
    ]);
    expect(names).toHaveLength(2 + 2 * 18 + 3);
  });
});

describe('activationKind(name, layer, config)', () => {
  const find = (name: string, layer?: number) => () => activationKind(name, layer, TINY_CONFIG);

  it('finds every name with its shape', () => {
    for (const name of activationNames) {
      const kind = activationKind(name, ACTIVATIONS[name].scope === 'block' ? 1 : undefined, TINY_CONFIG);
      expect(kind).toBe(ACTIVATIONS[name]);
    }
    expect(ACTIVATIONS.q.shape(TINY_CONFIG, 5)).toEqual([5, 2, 4]);
    expect(ACTIVATIONS.pattern.shape(TINY_CONFIG, 5)).toEqual([2, 5, 5]);
    expect(ACTIVATIONS.result.shape(TINY_CONFIG, 5)).toEqual([5, 2, 8]);
    expect(ACTIVATIONS['mlp.pre'].shape(TINY_CONFIG, 5)).toEqual([5, 32]);
    expect(ACTIVATIONS['ln2.scale'].shape(TINY_CONFIG, 5)).toEqual([5, 1]);
    expect(ACTIVATIONS.logits.shape(TINY_CONFIG, 5)).toEqual([5, 30]);
  });

  it.each(['patern', 'toString', '__proto__', ''])(
    'refuses the unknown name "%s" and lists the known ones',
    (name) => {
      expect(find(name, 0)).toThrow(InputError);
      expect(find(name, 0)).toThrow(
        `read: name must be an activation, got "${name}". Use one of embed, pos_embed,`
      );
    }
  );

  it.each([undefined, -1, 2, 0.5, NaN])('refuses layer %s of a block activation', (layer) => {
    expect(find('pattern', layer)).toThrow(InputError);
    expect(find('pattern', layer)).toThrow(
      `read: layer of pattern must be a layer from 0 to 1, got ${layer}.`
    );
  });

  it('refuses a layer where there is none', () => {
    expect(find('embed', 0)).toThrow(InputError);
    expect(find('embed', 0)).toThrow(
      'read: layer of embed must be left out, got 0. There is one embed in the model.'
    );
  });
});
