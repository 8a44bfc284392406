/** The reference fixtures on disk, for tests in Node. Made by scripts/fixtures/make_reference_fixtures.py. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseFixture, type ReferenceFixture, type ReferenceSource } from './parse-fixture.ts';

export type { ReferenceFixture, ReferenceSource } from './parse-fixture.ts';

export interface NextToken {
  readonly id: number;
  readonly text: string;
  /** Softmax over the whole vocabulary. */
  readonly probability: number;
  /** Nats. */
  readonly logit: number;
}

export interface ReferencePrompt {
  readonly slug: string;
  readonly text: string;
  /** Hugging Face's tokenizer's ids of the text. */
  readonly ids: readonly number[];
  /** Hugging Face's ten likeliest next tokens after the last position. */
  readonly next: readonly NextToken[];
}

export interface ReferenceManifest {
  readonly model: string;
  readonly 'model.safetensors sha256': string;
  readonly versions: Readonly<Record<string, string>>;
  readonly prompts: readonly ReferencePrompt[];
}

const FOLDER = new URL('../fixtures/reference/', import.meta.url);
const read = (file: string) => readFileSync(fileURLToPath(new URL(file, FOLDER)));

export const manifest = JSON.parse(read('manifest.json').toString('utf8')) as ReferenceManifest;

/** Loads what one reference program computed for a prompt of the manifest. */
export function loadFixture(slug: string, source: ReferenceSource): ReferenceFixture {
  const file = `${slug}.${source}.npz`;
  return parseFixture(file, read(file));
}
