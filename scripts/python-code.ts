/**
 * Prints the Python code of every activation of a model folder and a list of ids, as one JSON object by library and full
 * name: what python/tests/test_copied_code.py runs.
 *
 *     node scripts/run-ts.mjs scripts/python-code.ts --model static/models/gpt2-nano --tokens 7454,2402
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  everyActivation,
  exportName,
  headAxis,
  parseConfig,
  PYTHON_LIBRARIES,
  pythonCode,
  type PythonPlace
} from '../src/lib/gpt2/index.ts';
import { readFlags, text } from './command/flags.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';

const HEAD = 1; // of the arrays that have heads
const PARAMETER = 'h.1.attn.c_attn.weight';
const [POSITION, TOKEN, MINUS] = [3, 1757, 5335]; // of the ids that the test runs
const WORKED_OUT: readonly PythonPlace[] = [
  { name: 'lens', ln_f: true },
  { name: 'scores' },
  { name: 'parameter', library: 'transformers', parameter: PARAMETER },
  { name: 'attribution', library: 'transformers', position: POSITION, token: TOKEN, minus: MINUS }
];

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
    const workedOut = WORKED_OUT.filter((place) => !('library' in place) || place.library === library);
    const others = workedOut.map((place) => [place.name, pythonCode(library, run, place)]);
    return [library, Object.fromEntries([...entries, ...others]) as Record<string, string>];
  });
  console.log(JSON.stringify(Object.fromEntries(codes)));
}

await runCommand(main);
