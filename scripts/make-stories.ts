/**
 * Writes the built-in text of the Heads view, static/texts/stories.txt: stories that gpt2-nano tells, by seeds, so that
 * nobody's rights stand in them and anyone can make them again. A maintainer runs it: node scripts/run-ts.mjs scripts/make-stories.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { generate, generateAll } from '../src/lib/gpt2/index.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';

const FOLDER = 'static/models/gpt2-nano';
const OUT = 'static/texts';
const STORIES = 64;
const TOKENS = 132;
const SETTINGS = { do_sample: true, temperature: 0.8, top_p: 0.95, max_new_tokens: TOKENS } as const;
const BEGINNINGS = [
  'Once upon a time there was a little girl named Lily. She',
  'Tom and his sister Anna went to the river. They',
  'One day a small brown bear woke up and',
  'The old farmer had a goat, a dog and a cow. Every morning',
  'Ben had a red ball. He gave the ball to',
  'In a village by the sea there lived a boy who',
  'Mother said, "Please bring the basket to your grandmother." So',
  'The king called his three sons. He said,'
];

await startBackend('wasm');
const model = await loadFolder('stories', FOLDER, folderFiles('stories', FOLDER));
const stories: string[] = [];
for (let seed = 1; seed <= STORIES; seed++) {
  const beginning = BEGINNINGS[(seed - 1) % BEGINNINGS.length];
  const ids = model.tokenizer.encode(beginning).map(({ id }) => id);
  const { result } = await generateAll(generate(model, ids, { ...SETTINGS, seed }));
  const story = model.tokenizer.decode(result.sequences[0].ids);
  stories.push(story.split('<|endoftext|>')[0].trim());
  process.stderr.write(`\r${seed} of ${STORIES}`);
}
mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}/stories.txt`, `${stories.join('\n\n')}\n`);
model.dispose();
