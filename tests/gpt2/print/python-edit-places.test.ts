import { describe, expect, it } from 'vitest';
import { parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import { pythonCode } from '../../../src/lib/gpt2/print/python-code.ts';
import { editsPlaces } from '../../../src/lib/gpt2/print/python-edit-places.ts';

const T = 3;
const librariesFor = (text: string, other: readonly number[] | null = null) =>
  editsPlaces(parseEdits(text), other, T).map(({ library }) => library);

describe('editsPlaces(edits, other, T)', () => {
  it('offers both libraries for what a module takes or gives', () => {
    expect(librariesFor('zero:z.8.2;scale=0.5:mlp_out.3@1')).toEqual(['transformers', 'transformer_lens']);
  });

  it('offers TransformerLens alone for what is computed between modules, or taken from another run', () => {
    expect(librariesFor('zero:z.8.2;scale=0.5:pattern.3.2')).toEqual(['transformer_lens']);
    expect(librariesFor('freeze:z.8.2')).toEqual(['transformer_lens']);
    expect(librariesFor('patch:z.8.2', [4, 5, 6])).toEqual(['transformer_lens']);
  });

  it('offers none where a library could not give the same numbers', () => {
    expect(librariesFor('')).toEqual([]);
    expect(librariesFor('mean=references:z.8.2')).toEqual([]);
    expect(librariesFor('scale=2:ln1.scale.3')).toEqual([]);
    expect(librariesFor('zero:resid_mid.3')).toEqual([]);
    expect(librariesFor('patch:z.8.2')).toEqual([]);
    expect(librariesFor('patch:z.8.2', [4, 5])).toEqual([]);
  });
});

describe('pythonCode of edits', () => {
  const codeOf = (
    text: string,
    library: 'transformers' | 'transformer_lens',
    other: number[] | null = null
  ) => {
    const place = editsPlaces(parseEdits(text), other, T).find((each) => each.library === library)!;
    return pythonCode(library, { model: 'gpt2', ids: [1, 2, 3] }, place);
  };

  it('changes the part of a module that is the head, at the named positions', () => {
    const code = codeOf('zero:k.1.3@0,2', 'transformers');
    expect(code).toContain('part = value.split(config.n_embd, -1)[1].unflatten(-1, (config.n_head, -1))');
    expect(code).toContain('part[0, [0, 2], 3] = torch.zeros_like(part[0, [0, 2], 3])');
    expect(code).toContain('model.transformer.h[1].attn.c_attn.register_forward_hook(edit_0)');
  });

  it('takes a patch from a run of the other prompt', () => {
    const code = codeOf('patch:resid_pre.5@1', 'transformer_lens', [4, 5, 6]);
    expect(code).toContain('_, other = model.run_with_cache(torch.tensor([[4, 5, 6]]))');
    expect(code).toContain('part[0, [1]] = other["blocks.5.hook_resid_pre"][0, [1]]');
    expect(code).toContain('fwd_hooks=[("blocks.5.hook_resid_pre", edit_0)]');
  });

  it('leaves the scores of later keys at -inf', () => {
    expect(codeOf('scale=2:attn_scores.2.1', 'transformer_lens')).toContain(
      'part[0, 1, :] = torch.where(torch.ones(part.shape[-2:], dtype=torch.bool).tril()[:], part[0, 1, :] * 2, -torch.inf)'
    );
  });
});
