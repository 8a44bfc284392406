import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeCatalogue, type Catalogue } from '../../scripts/catalogue.ts';

const models = pathToFileURL('static/models/');
const read = (path: string) => readFileSync(new URL(path, models));
const catalogue = JSON.parse(read('models.json').toString('utf8')) as Catalogue;
const nano = catalogue.models[0];

describe('static/models/models.json', () => {
  it('is what scripts/catalogue.ts makes of the folders', () => {
    expect(catalogue).toEqual(makeCatalogue(models));
  });

  it('opens a model that it lists', () => {
    expect(catalogue.models.map(({ name }) => name)).toContain(catalogue.default);
  });

  it('gives size and SHA-256 of every file of gpt2-nano that a page loads', () => {
    const names = nano.files.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['config.json', 'merges.txt', 'model.safetensors', 'vocab.json'])
    );
    for (const { name, bytes, sha256 } of nano.files) {
      const content = read(`${nano.folder}/${name}`);
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    expect(nano.bytes).toBe(nano.files.reduce((total, { bytes = 0 }) => total + bytes, 0));
  });

  it('counts the parameters that a GPT-2 of this shape has', () => {
    const [C, T, V, L] = [192, 512, 50_257, 12];
    // By hand, one block: c_attn 3C² + 3C, attn.c_proj C² + C, c_fc 4C² + 4C, mlp.c_proj 4C² + C, two norms 4C.
    const block = 12 * C * C + 13 * C;
    expect(nano).toMatchObject({ n_embd: C, n_ctx: T, n_layer: L, n_head: 12, dtype: 'F16', licence: 'MIT' });
    expect(nano.parameters).toBe(V * C + T * C + L * block + 2 * C); // 15,086,400
  });

  it('lists the sorter, with prompts of its own', () => {
    const sorter = catalogue.models.find(({ name }) => name === 'sorter')!;
    expect(sorter).toMatchObject({
      folder: 'sorter',
      n_layer: 3,
      n_head: 3,
      n_embd: 48,
      n_ctx: 26,
      dtype: 'F32'
    });
    // By hand: 14 rows of wte, 26 of wpe, three blocks as above, ln_f.
    expect(sorter.parameters).toBe((14 + 26) * 48 + 3 * (12 * 48 * 48 + 13 * 48) + 2 * 48); // 86,832
    expect([sorter.withPages, nano.withPages]).toEqual([true, undefined]); // the default one is there in any case
    expect(sorter.prompts![0]).toBe('FACE=');
    for (const prompt of sorter.prompts!) expect(prompt).toMatch(/^[A-L]{1,12}=$/);
    expect(nano.prompts).toBeUndefined();
  });

  it('offers the sizes of GPT-2 on the hub, with the parameters that Hugging Face states', () => {
    const stated = { gpt2: 124_439_808, 'gpt2-medium': 354_823_168, 'gpt2-large': 774_030_080 };
    expect(catalogue.hub).toBe('https://huggingface.co');
    for (const [name, parameters] of Object.entries({
      ...stated,
      'gpt2-xl': 1_557_611_200,
      distilgpt2: 81_912_576
    })) {
      expect(catalogue.models.find((model) => model.name === name)).toMatchObject({
        parameters,
        dtype: 'F32'
      });
    }
  });

  it('gives a hash only where the publisher gave it', () => {
    const hashed = catalogue.models
      .filter(({ hub }) => hub)
      .flatMap(({ name, files }) => files.filter(({ sha256 }) => sha256).map((file) => [name, file]));
    expect(hashed).toEqual([
      [
        'gpt2',
        {
          name: 'model.safetensors',
          bytes: 548_105_171,
          sha256: '248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707'
        }
      ]
    ]);
  });

  it('belongs to the model that the reference fixtures were made with', () => {
    const manifest = JSON.parse(readFileSync('tests/fixtures/reference/manifest.json', 'utf8'));
    const weights = nano.files.find(({ name }) => name === 'model.safetensors');
    expect(weights?.sha256).toBe(manifest['model.safetensors sha256']);
  });
});
