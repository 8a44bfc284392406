import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { TokenizerError } from '../../../src/lib/gpt2/errors.ts';
import type { ModelFiles } from '../../../src/lib/gpt2/checkpoint/model-files.ts';
import { loadWith } from '../../../src/lib/gpt2/model/model.ts';
import { makeFolder } from '../../models/tiny-folder.ts';

beforeAll(() => tf.setBackend('cpu'));

const numTensors = () => tf.memory().numTensors;
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The tiny model's folder, which remembers what was asked for and how much of the weights was taken. */
function watchedFolder(chunkBytes: number) {
  const contents = makeFolder();
  const seen = { asked: [] as string[], chunks: 0 };
  const files: ModelFiles = {
    read: async (name) => {
      seen.asked.push(name);
      return contents[name];
    },
    open: async (name) => {
      seen.asked.push(name);
      const file = contents[name];
      async function* stream() {
        for (let at = 0; at < file.length; at += chunkBytes) {
          seen.chunks++;
          yield file.slice(at, at + chunkBytes);
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
      return { length: file.length, stream };
    }
  };
  return { contents, files, seen, allChunks: Math.ceil(contents['model.safetensors'].length / chunkBytes) };
}

describe('loadWith(files, makeTokenizer)', () => {
  it("hands over the tokenizer's files as they are, and reads the weights while it is made", async () => {
    const { contents, files, seen, allChunks } = watchedFolder(500);
    const before = numTensors();
    let finish = (_: string): void => {};
    const loading = loadWith(files, (bytes) => {
      expect(utf8(bytes['vocab.json']!)).toBe(utf8(contents['vocab.json']));
      expect(utf8(bytes['merges.txt']!)).toBe(utf8(contents['merges.txt']));
      return new Promise<string>((resolve) => (finish = resolve));
    });
    await expect.poll(() => seen.chunks).toBe(allChunks);
    finish('made');
    const model = await loading;
    expect(model.tokenizer).toBe('made');
    expect(numTensors()).toBeGreaterThan(before);
    model.dispose();
    expect(numTensors()).toBe(before);
  });

  it('asks for no weights where the tokenizer cannot be made', async () => {
    const { files, seen } = watchedFolder(500);
    const refuse = () => {
      throw new TokenizerError('no');
    };
    await expect(loadWith(files, refuse)).rejects.toThrow(TokenizerError);
    expect(seen.asked).not.toContain('model.safetensors');
  });

  it('nor where that is known before the backend is ready, or the reader has stopped it', async () => {
    const { files, seen } = watchedFolder(500);
    const refused = new TokenizerError('no');
    const ready = new Promise((resolve) => setTimeout(resolve, 20));
    const options = { ready };
    await expect(loadWith(files, () => Promise.reject(refused), options)).rejects.toBe(refused);
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const stopped = { signal: controller.signal };
    await expect(loadWith(files, () => 'never', stopped)).rejects.toThrow('enough');
    expect(seen.asked).not.toContain('model.safetensors');
  });

  it('stops the weights where the tokenizer turns out not to be made, and leaves nothing behind', async () => {
    const { files, seen, allChunks } = watchedFolder(500);
    const before = numTensors();
    const refused = new TokenizerError('no');
    const loading = loadWith(files, async () => {
      await expect.poll(() => seen.chunks, { interval: 1 }).toBeGreaterThan(1);
      throw refused;
    });
    await expect(loading).rejects.toBe(refused);
    expect(seen.chunks).toBeLessThan(allChunks);
    expect(numTensors()).toBe(before);
  });

  it('stops both once the signal is aborted', async () => {
    const { files, seen } = watchedFolder(500);
    const before = numTensors();
    const controller = new AbortController();
    const loading = loadWith(files, () => new Promise<never>(() => {}), { signal: controller.signal });
    const ended = expect(loading).rejects.toThrow('enough');
    await expect.poll(() => seen.chunks, { interval: 1 }).toBeGreaterThan(1);
    controller.abort(new Error('enough'));
    await ended;
    expect(numTensors()).toBe(before);
  });
});
