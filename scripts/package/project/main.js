import '@tensorflow/tfjs-backend-cpu';
import { ready } from '@tensorflow/tfjs-core';
import { loadModel, runTrace } from 'gpt2-lens';
import 'gpt2-lens/views';

const FILES = ['config.json', 'vocab.json', 'merges.txt', 'model.safetensors', 'tokenizer_config.json'];

const pattern = Float32Array.of(1, 0, 0.25, 0.75);
document.querySelector('#arrays').arrays = {
  tokens: ['Hello', ' world'],
  arrays: { 'blocks.0.attn.hook_pattern': { shape: [1, 2, 2], data: pattern } }
};

await ready();
const read = async (name) => (await fetch(`./gpt2-nano/${name}`)).arrayBuffer();
const model = await loadModel({
  read: async (name) => new Uint8Array(await read(name)),
  names: async () => FILES
});
const ids = model.tokenizer.encode('Once upon a time').map(({ id }) => id);
const trace = await runTrace(model, ids);
for (const element of document.querySelectorAll('.of-trace')) element.trace = trace;
