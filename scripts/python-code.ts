/**
 * Prints the Python code of every activation of a model folder and a list of ids, as one JSON object by library and full
 * name: what python/tests/test_copied_code.py runs.
 *
 *     node scripts/run-ts.mjs scripts/python-code.ts --model static/models/gpt2-nano --tokens 7454,2402
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  editsPlaces,
  everyActivation,
  exportName,
  headAxis,
  parseConfig,
  parseEdits,
  PYTHON_LIBRARIES,
  pythonCode,
  SALIENCY_METHODS,
  type PatchGridPlace,
  type PatchPlace,
  type PythonPlace,
  type SaliencyMethod
} from '../src/lib/gpt2/index.ts';
import { readFlags, text } from './command/flags.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';

const HEAD = 1; // of the arrays that have heads
const PARAMETER = 'h.1.attn.c_attn.weight';
const [POSITION, TOKEN, MINUS] = [3, 1757, 5335]; // of the ids that the test runs
const STEPS = 8; // of integrated gradients
/** "When John and Tom went and": as many tokens as the prompt of the test. */
const OTHER = [2215, 1757, 290, 4186, 1816, 290];
/** Edits of every kind, and of every activation that either library can edit. */
const EDITS = [
  ...['zero:z.8.2', 'scale=0.5:attn_out.3@4', 'mean:mlp_out.2', 'add=1.5*token(464):resid_post.3'],
  ...['zero:q.1.3;scale=2:k.1.3', 'mean:v.2@1,3', 'zero:embed@2', 'scale=0.5:pos_embed', 'mean:mlp.post.4.7'],
  ...[
    'scale=2:ln1.normalized.5',
    'zero:ln2.normalized.6@5',
    'scale=3:mlp.pre.4.7',
    'scale=0.5:resid_pre.1@2-4'
  ],
  ...['zero:ln_final.normalized@1', 'scale=0.5:pattern.3.2', 'scale=2:attn_scores.2.1', 'zero:result.2.3'],
  'zero:embed@2;freeze:pattern.3.2'
];
/** `add` of the whole difference is the patch. */
const OF_TWO = ['patch:resid_pre.5@3', 'add=1*difference(3):resid_pre.5@3', 'patch:z.3.2'];

/** Each with what it is called in the printed object. */
const WORKED_OUT: readonly (readonly [string, PythonPlace])[] = [
  ['lens', { name: 'lens', ln_f: true }],
  ['scores', { name: 'scores' }],
  ['parameter', { name: 'parameter', library: 'transformers', parameter: PARAMETER }],
  [
    'attribution',
    { name: 'attribution', library: 'transformers', position: POSITION, token: TOKEN, minus: MINUS }
  ],
  ['flow', { name: 'flow', position: POSITION }],
  ['next_token', { name: 'next_token', position: OTHER.length - 1, temperature: 0.8, top_k: 40, top_p: 0.9 }],
  ...EDITS.flatMap((text) =>
    editsPlaces(parseEdits(text), null, OTHER.length).map((place) => [text, place] as const)
  ),
  ...OF_TWO.flatMap((text) =>
    editsPlaces(parseEdits(text), OTHER, OTHER.length).map((place) => [text, place] as const)
  ),
  ...(['resid_pre', 'z', 'pattern'] as const).map((what) => [`grid ${what}`, gridOf(what)] as const),
  ['grid z of block 3', { ...gridOf('z'), in_layer: 3 }],
  ...SALIENCY_METHODS.map((method) => [method, saliencyBy(method)] as const)
];

function gridOf(what: PatchPlace): PatchGridPlace {
  return {
    ...{ name: 'patch_grid', library: 'transformer_lens', direction: 'into_this', other: OTHER },
    ...{ what, in_layer: null, token: TOKEN, minus: MINUS }
  };
}

function saliencyBy(method: SaliencyMethod): PythonPlace {
  const steps = method === 'integrated_gradients' ? STEPS : 1;
  return {
    name: 'saliency',
    library: 'transformers',
    method,
    steps,
    position: POSITION,
    token: TOKEN,
    minus: MINUS
  };
}

async function main(): Promise<void> {
  const { model, tokens } = readFlags('python-code', process.argv.slice(2), { model: text, tokens: text });
  if (!model || !tokens)
    throw new UsageError('python-code: --model and --tokens must be given. Pass a folder and ids.');
  const config = parseConfig(JSON.parse(readFileSync(join(model, 'config.json'), 'utf8')));
  const run = { model, ids: tokens.split(',').map(Number) };
  const codes = PYTHON_LIBRARIES.map((library) => {
    const entries = [...everyActivation(config)].flatMap(({ name, layer }) => {
      const code = (head?: number) => pythonCode(library, run, { name, layer, head });
      const whole = [exportName(name, layer), code()];
      return headAxis(name) === null ? [whole] : [whole, [`${exportName(name, layer)}/${HEAD}`, code(HEAD)]];
    });
    const workedOut = WORKED_OUT.filter(([, place]) => !('library' in place) || place.library === library);
    const others = workedOut.map(([called, place]) => [called, pythonCode(library, run, place)]);
    return [library, Object.fromEntries([...entries, ...others]) as Record<string, string>];
  });
  console.log(JSON.stringify(Object.fromEntries(codes)));
}

await runCommand(main);
