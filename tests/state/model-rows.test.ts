import { describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../../src/lib/state/catalogue';
import { modelRows, type RowSources } from '../../src/lib/state/model-rows';

const SHAPE = { n_layer: 12, n_head: 12, n_ctx: 1024, licence: 'MIT', dtype: 'F32' } as const;
const NANO: CatalogueEntry = {
  ...SHAPE,
  name: 'gpt2-nano',
  folder: 'gpt2-nano',
  summary: 'small',
  parameters: 15_086_400,
  n_embd: 192,
  bytes: 31_685_166,
  files: []
};
const GPT2: CatalogueEntry = {
  ...SHAPE,
  name: 'gpt2',
  hub: { id: 'openai-community/gpt2', revision: 'abc' },
  summary: "OpenAI's",
  parameters: 124_439_808,
  n_embd: 768,
  bytes: 548_105_171,
  files: [{ name: 'model.safetensors', bytes: 548_105_171, sha256: '00' }]
};
const EMPTY: RowSources = {
  entries: [NANO, GPT2],
  kept: [],
  transfers: new Map(),
  chosen: [],
  addresses: [],
  hub: 'https://huggingface.co',
  deviceGb: undefined
};
const GPT2_URL = 'https://mirror.example/openai-community/gpt2/resolve/abc/';
const copy = (name: string, complete: boolean, url = name === 'gpt2' ? GPT2_URL : '') => ({
  name,
  url,
  complete,
  bytes: 1000,
  totalBytes: 4000,
  isHashed: name === 'gpt2',
  licence: name === 'gpt2' ? null : 'apache-2.0'
});
const row = (name: string, sources: Partial<RowSources>) =>
  modelRows({ ...EMPTY, ...sources }).find((found) => found.name === name)!;

describe('modelRows', () => {
  it('lists the catalogue in its order, then what is kept, chosen or under way, each once', () => {
    const names = modelRows({
      ...EMPTY,
      kept: [copy('mine', true), copy('gpt2', true)],
      chosen: ['mine', 'my-model'],
      transfers: new Map([['a--b', { progress: null, error: null }]])
    }).map(({ name }) => name);
    expect(names).toEqual(['gpt2-nano', 'gpt2', 'mine', 'my-model', 'a--b']);
  });

  it('tells how far a converted model is from the original, and nothing of one that was not converted', () => {
    const facts = { texts: 20, positions: 452, largest: 0.31604, median: 0.031416, changed: 4 };
    const converted = { ...NANO, conversion: { from: 'F16', to: 'BF16', ...facts } } as const;
    expect(row('gpt2-nano', { entries: [converted] }).conversion).toBe(
      'Converted from F16 to BF16. On 20 texts (452 positions) its logits differ from those of F16 by 0.316 nats at most ' +
        'and 0.0314 in the middle (median); the best next token is another one at 4 positions.'
    );
    expect(row('gpt2-nano', {}).conversion).toBeNull();
  });

  it('tells where a model is', () => {
    expect(row('gpt2-nano', {}).state).toBe('served');
    expect(row('gpt2', {}).state).toBe('absent');
    expect(row('gpt2', { kept: [copy('gpt2', false)] })).toMatchObject({ state: 'partial', keptBytes: 1000 });
    expect(row('gpt2', { kept: [copy('gpt2', true)] }).state).toBe('kept');
    expect(row('mine', { chosen: ['mine'] })).toMatchObject({
      state: 'chosen',
      origin: 'from this computer'
    });
  });

  it('names the origin and the check', () => {
    expect(row('gpt2', {})).toMatchObject({
      origin: 'huggingface.co/openai-community/gpt2',
      check: 'size and SHA-256'
    });
    expect(row('gpt2', { hub: 'http://school.example' }).origin).toBe('school.example/openai-community/gpt2');
    const other = row('a--b', { kept: [copy('a--b', true, 'https://huggingface.co/a/b/resolve/main/')] });
    expect(other).toMatchObject({
      origin: 'huggingface.co/a/b',
      check: 'length and header only: no SHA-256 is published for it',
      licence: 'apache-2.0',
      bytes: 4000
    });
    const dev = copy('a--b', true, 'https://huggingface.co/a/b/resolve/dev/');
    expect(row('a--b', { kept: [dev] }).origin).toBe('huggingface.co/a/b/resolve/dev');
  });

  it("never takes a copy of another address for the catalogue's model", () => {
    const other = copy('gpt2', true, 'https://example.org/gpt2/');
    expect(row('gpt2', { kept: [other] })).toMatchObject({ state: 'absent', keptBytes: 0 });
    const otherRevision = copy('gpt2', true, 'https://huggingface.co/openai-community/gpt2/resolve/main/');
    expect(row('gpt2', { kept: [otherRevision] }).state).toBe('absent');
  });

  it('says of a kept copy how it was checked, not how it might have been', () => {
    const unchecked = { ...copy('gpt2', true), isHashed: false };
    expect(row('gpt2', { kept: [unchecked] }).check).toMatch(/^length and header only/);
  });

  it('warns before a download that this device cannot hold', () => {
    expect(row('gpt2', { deviceGb: 8 }).warning).toBeNull();
    expect(row('gpt2', { deviceGb: 1 }).warning).toMatch(/on a device with 1 GB/);
  });
});
