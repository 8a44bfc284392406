import { readFileSync } from 'node:fs';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { makeFolder } from '../models/tiny-folder.ts';
import { NODE_BACKENDS } from './backends.ts';

export const CAUSAL_FOLDER = 'tests/fixtures/causal';

const vocabulary = makeFolder();

/** The two models of tests/fixtures/causal: a small random one of odd sizes, and gpt2-nano. */
export const CAUSAL_MODELS: Readonly<Record<'odd' | 'nano', () => Promise<Gpt2Model>>> = {
  odd: () =>
    loadModel({
      read: (file) => {
        const own = { 'config.json': 'odd-config.json', 'model.safetensors': 'odd.safetensors' }[file];
        return Promise.resolve(
          own ? new Uint8Array(readFileSync(`${CAUSAL_FOLDER}/${own}`)) : vocabulary[file]
        );
      }
    }),
  nano: () => loadModel(folderFiles('test', 'static/models/gpt2-nano'))
};

/** The small one on every backend, the larger one on the fastest. */
export const CAUSAL_CASES = [
  ...NODE_BACKENDS.map((backend) => ['odd', backend] as const),
  ['nano', 'wasm'] as const
];

export const readCausal = <T>(file: 'expected.json' | 'edits.json') =>
  JSON.parse(readFileSync(`${CAUSAL_FOLDER}/${file}`, 'utf8')) as Record<'odd' | 'nano', T>;
