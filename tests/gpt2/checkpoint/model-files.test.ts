import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ConfigError, ModelFileError, WeightsError } from '../../../src/lib/gpt2/errors.ts';
import {
  readJson,
  readModelFolder,
  findTokenizerFiles,
  parseTokenizerFiles,
  type ModelFiles
} from '../../../src/lib/gpt2/checkpoint/model-files.ts';
import { makeSafetensors, TINY, tinyTensors, tinyValues } from '../make-safetensors.ts';

type Contents = Record<string, string | Uint8Array>;

/** A folder in memory that writes down what is asked for. */
function folder(contents: Contents): ModelFiles & { asked: string[] } {
  const asked: string[] = [];
  const read = async (name: string): Promise<Uint8Array> => {
    asked.push(name);
    const content = contents[name];
    if (content === undefined) throw new Error(`no ${name}`);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return { asked, read };
}

const WHOLE: Contents = {
  'config.json': JSON.stringify(TINY),
  'model.safetensors': makeSafetensors(tinyTensors('F16', 'transformer.')),
  'vocab.json': '{"a":0,"__proto__":1}',
  'merges.txt': '#version: 0.2\na b\n'
};

function without(...names: string[]): Contents {
  return Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !names.includes(name)));
}

async function errorOf(run: Promise<unknown>): Promise<Error> {
  return run.then(
    () => {
      throw new Error('it was taken');
    },
    (error: Error) => error
  );
}

describe('readModelFolder(files)', () => {
  it("reads config, weights and the tokenizer's files", async () => {
    const { config, weights, tokenizerFiles } = await readModelFolder(folder(WHOLE));
    expect(config).toEqual(TINY);
    expect([...weights.get('wte.weight')!.values]).toEqual(tinyValues(0, 20));
    expect(tokenizerFiles).toEqual({
      vocab: JSON.parse('{"a":0,"__proto__":1}'),
      merges: '#version: 0.2\na b\n'
    });
  });

  it('reads config.json first and the weights last', async () => {
    const files = folder(WHOLE);
    await readModelFolder(files);
    expect(files.asked[0]).toBe('config.json');
    expect(files.asked.at(-1)).toBe('model.safetensors');
  });

  it('asks for no file that is known to be missing', async () => {
    const files = folder(WHOLE);
    await readModelFolder({ ...files, names: () => Promise.resolve(Object.keys(WHOLE)) });
    expect(files.asked).toEqual(['config.json', 'vocab.json', 'merges.txt', 'model.safetensors']);
  });

  it('fails on a bad config before it asks for anything else', async () => {
    const files = folder({ ...WHOLE, 'config.json': '{"model_type":"bert"}' });
    expect(await errorOf(readModelFolder(files))).toBeInstanceOf(ConfigError);
    expect(files.asked).toEqual(['config.json']);
  });

  it.each(['config.json', 'model.safetensors'])('names a missing %s, and keeps the cause', async (name) => {
    const error = await errorOf(readModelFolder(folder(without(name))));
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error.message).toBe(
      `readModelFolder: ${name} must be a file of the model folder, got "no ${name}". ` +
        'Put it there or choose another folder.'
    );
    expect((error.cause as Error).message).toBe(`no ${name}`);
  });

  it("lets the reader's own ModelFileError and a cancellation through as they are", async () => {
    for (const thrown of [new ModelFileError('offline'), new DOMException('stopped', 'AbortError')]) {
      expect(await errorOf(readModelFolder({ read: () => Promise.reject(thrown) }))).toBe(thrown);
    }
  });

  it('lets the errors of the weights through', async () => {
    const error = await errorOf(readModelFolder(folder({ ...WHOLE, 'model.safetensors': '{}' })));
    expect(error).toBeInstanceOf(WeightsError);
  });
});

describe('readModelFolder(files), weights in other files', () => {
  const index = {
    weight_map: {
      'wte.weight': 'model-00001-of-00002.safetensors',
      'ln_f.bias': 'model-00002-of-00002.safetensors'
    }
  };
  const tensors = [...tinyTensors('F32')];
  const shards: Contents = {
    ...without('model.safetensors'),
    'model.safetensors.index.json': JSON.stringify(index),
    'model-00001-of-00002.safetensors': makeSafetensors(new Map(tensors.slice(0, 9))),
    'model-00002-of-00002.safetensors': makeSafetensors(new Map(tensors.slice(9)))
  };
  const named = (contents: Contents) => ({
    ...folder(contents),
    names: () => Promise.resolve(Object.keys(contents))
  });

  it.each([
    ['unknown', folder],
    ['known', named]
  ])('reads shards, the names of the files %s', async (_, make) => {
    const { weights } = await readModelFolder(make(shards));
    expect(weights.size).toBe(28);
    expect([...weights.get('wte.weight')!.values]).toEqual(tinyValues(0, 20));
  });

  it('names what no shard holds, a shard that is missing, and an index that leads elsewhere', async () => {
    const cut = {
      ...shards,
      'model-00002-of-00002.safetensors': makeSafetensors(new Map(tensors.slice(10)))
    };
    expect((await errorOf(readModelFolder(folder(cut)))).message).toContain(
      `${tensors[9][0]} must be in the file`
    );
    const { 'model-00002-of-00002.safetensors': _, ...one } = shards;
    expect((await errorOf(readModelFolder(folder(one)))).message).toContain(
      'model-00002-of-00002.safetensors must be'
    );
    const leading = {
      ...shards,
      'model.safetensors.index.json': '{"weight_map": {"x": "../x.safetensors"}}'
    };
    expect((await errorOf(readModelFolder(folder(leading)))).message).toContain('got "../x.safetensors"');
  });

  it.each([
    ['pytorch_model.bin', 'pytorch_model.bin'],
    ['pytorch_model-00001-of-00002.bin', 'pytorch_model.bin'],
    ['tf_model.h5', 'tf_model.h5'],
    ['flax_model.msgpack', 'flax_model.msgpack'],
    ['gpt2.Q8_0.gguf', 'a .gguf file'],
    ['model.ckpt.index', 'a TensorFlow checkpoint'],
    ['ckpt.pt', 'a .pt file']
  ])('refuses %s by name, with the command that converts it', async (file, name) => {
    const error = await errorOf(readModelFolder(named({ ...without('model.safetensors'), [file]: '' })));
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error.message).toContain(`must be one with model.safetensors, got ${name} alone. `);
    expect(error.message).toMatch(/: (python -c "|transformers convert )/);
  });
});

describe('findTokenizerFiles(files)', () => {
  it('takes tokenizer.json where it is there, as AutoTokenizer does, else vocab.json and merges.txt', async () => {
    const tokenizer = { 'tokenizer.json': '{"model":{}}' };
    const both = folder({ ...WHOLE, ...tokenizer });
    expect(parseTokenizerFiles(await findTokenizerFiles(both))).toEqual({ tokenizerJson: { model: {} } });
    expect(both.asked).not.toContain('vocab.json');
    const { vocab } = parseTokenizerFiles(await findTokenizerFiles(folder(WHOLE))) as { vocab: unknown };
    expect(vocab).toHaveProperty('a', 0);
  });

  it('takes what stands beside them', async () => {
    const beside = {
      'tokenizer_config.json': '{"model_max_length": 1e30}',
      'special_tokens_map.json': '{"pad_token": "<pad>"}',
      'added_tokens.json': '{"<pad>": 2}'
    };
    expect(parseTokenizerFiles(await findTokenizerFiles(folder({ ...WHOLE, ...beside })))).toMatchObject({
      tokenizerConfig: { model_max_length: 1e30 },
      specialTokensMap: { pad_token: '<pad>' },
      addedTokens: { '<pad>': 2 }
    });
  });

  it('says what is missing', async () => {
    const nothing = await errorOf(findTokenizerFiles(folder({})));
    expect(nothing).toBeInstanceOf(ModelFileError);
    expect(nothing.message).toContain(
      'findTokenizerFiles: model folder must be there with vocab.json and merges.txt, or with tokenizer.json, ' +
        'got none of them. '
    );
    const half = await errorOf(findTokenizerFiles(folder({ 'vocab.json': '{}' })));
    expect(half.message).toContain('got vocab.json alone. ');
  });

  it('does not hide a broken tokenizer.json behind vocab.json', async () => {
    const found = await findTokenizerFiles(folder({ ...WHOLE, 'tokenizer.json': '{' }));
    expect(() => parseTokenizerFiles(found)).toThrow(ModelFileError);
    expect(() => parseTokenizerFiles(found)).toThrow('tokenizer.json must be JSON, got ');
  });

  it('passes a cancellation on', async () => {
    const stopped = new DOMException('stopped', 'AbortError');
    expect(await errorOf(findTokenizerFiles({ read: () => Promise.reject(stopped) }))).toBe(stopped);
  });
});

describe('readJson(files, name)', () => {
  it('parses, with or without a byte order mark', async () => {
    expect(await readJson(folder({ x: '\ufeff{"a":[1]}' }), 'x')).toEqual({ a: [1] });
  });

  it('takes the numbers that only Python writes', async () => {
    const text = '{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN: \\"Infinity\\"", "d": 1}';
    const json = (await readJson(folder({ x: text }), 'x')) as Record<string, unknown>;
    expect(json).toEqual({ a: NaN, b: [-Infinity, Infinity], c: 'NaN: "Infinity"', d: 1 });
  });

  it('names a file that is not JSON', async () => {
    const error = await errorOf(readJson(folder({ 'config.json': '<html>' }), 'config.json'));
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error.message).toMatch(
      /^readModelFolder: config\.json must be JSON, got ".+"\. Download the file again\.$/
    );
  });

  it('names a file that is not UTF-8', async () => {
    const error = await errorOf(readJson(folder({ x: Uint8Array.of(0x22, 0xc3, 0x22) }), 'x'));
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error.message).toContain('x must be UTF-8 text, got other bytes.');
  });
});

describe('readModelFolder on the embedded model', () => {
  const nano: ModelFiles = {
    read: (name) => readFile(new URL(`../../../static/models/gpt2-nano/${name}`, import.meta.url))
  };

  it('reads gpt2-nano: 15,086,400 parameters, with the values that PyTorch reads', async () => {
    const { config, weights, tokenizerFiles } = await readModelFolder(nano);
    expect([config.n_layer, config.n_head, config.n_embd, config.n_ctx]).toEqual([12, 12, 192, 512]);
    let count = 0;
    for (const { values } of weights.values()) count += values.length;
    expect(count).toBe(50_257 * 192 + 512 * 192 + 12 * (12 * 192 ** 2 + 13 * 192) + 2 * 192);
    expect(count).toBe(15_086_400);
    if (!('vocab' in tokenizerFiles)) throw new Error('expected vocab.json and merges.txt');
    expect(Object.keys(tokenizerFiles.vocab as object)).toHaveLength(50_257);
    expect(tokenizerFiles.merges.startsWith('#version')).toBe(true);
    // Read once with safetensors.torch.load_file.
    expect(weights.get('wte.weight')!.values[0]).toBe(-0.056427001953125);
    expect(weights.get('wte.weight')!.values[50_256 * 192 + 191]).toBe(0.1102294921875);
    expect(weights.get('h.5.attn.c_attn.weight')!.values[3 * 576 + 575]).toBe(-0.230224609375);
    expect(weights.get('h.11.mlp.c_proj.weight')!.values[767 * 192 + 191]).toBe(0.0004973411560058594);
    expect(weights.get('ln_f.bias')!.values[7]).toBe(-0.11334228515625);
  });
});
