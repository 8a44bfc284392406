/**
 * Puts a newly trained model in the place of the embedded one: `node scripts/replace-nano.mjs <folder>`.
 * The folder is what `python -m training.convert` and `python -m training.card` wrote. Copies its files to
 * static/models/gpt2-nano, makes static/models/models.json anew, and says what is left to do.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE_EXIT = 2;
const LIMIT_BYTES = 40_000_000; // of the whole folder: a first visit downloads it
const FILES = [
  'config.json',
  'model.safetensors',
  'vocab.json',
  'merges.txt',
  'tokenizer_config.json',
  'CARD.md'
];
const ATTRIBUTION = 'ATTRIBUTION-CC-BY.tsv'; // kept from the older model if the new folder has none
const SHAPE = { n_layer: 12, n_head: 12, vocab_size: 50_257, model_type: 'gpt2' }; // what lessons rely on
const LEAST_N_CTX = 512;

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'static', 'models', 'gpt2-nano');
const [source] = process.argv.slice(2);

const problem = findProblem(source);
if (problem !== null) {
  console.error(problem);
  process.exit(USAGE_EXIT);
}

const files = [...FILES, ATTRIBUTION].filter((file) => existsSync(join(source, file)));
for (const file of readdirSync(target)) if (file !== ATTRIBUTION) rmSync(join(target, file));
for (const file of files) copyFileSync(join(source, file), join(target, file));
const catalogue = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'scripts/catalogue.ts'], {
  cwd: root,
  stdio: 'inherit'
});
if (catalogue.status !== 0) process.exit(catalogue.status ?? 1);

console.log(`static/models/gpt2-nano and static/models/models.json are new. Left to do:
  pip install -r scripts/fixtures/requirements.txt
  python scripts/fixtures/make_reference_fixtures.py --model static/models/gpt2-nano --out tests/fixtures/reference
  python scripts/fixtures/make_generate_fixture.py
  python scripts/fixtures/make_check_fixture.py
  npm run format
  npm test
tests/gpt2/checkpoint/model-files.test.ts and tests/scripts/catalogue.test.ts state its width and a few weights; lessons and
tests/e2e state what it predicts: correct what fails, after looking at why.`);

/**
 * Why a folder cannot be the embedded model, with what to do; null if it can.
 * @param {string | undefined} folder
 */
function findProblem(folder) {
  if (!folder)
    return 'Usage: node scripts/replace-nano.mjs <folder that training.convert and training.card wrote>';
  const missing = FILES.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0)
    return `replace-nano: ${folder} must hold ${FILES.join(', ')}, got none of ${missing.join(', ')}. Run training.convert and training.card.`;
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  for (const [key, value] of Object.entries(SHAPE))
    if (config[key] !== value)
      return `replace-nano: ${key} must be ${value}, got ${config[key]}. Train with another config.`;
  if (config.n_ctx < LEAST_N_CTX)
    return `replace-nano: n_ctx must be at least ${LEAST_N_CTX}, got ${config.n_ctx}. Train with another config.`;
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  if (bytes > LIMIT_BYTES)
    return `replace-nano: the folder must have at most ${LIMIT_BYTES} bytes, got ${bytes}. Train a narrower model.`;
  return null;
}
