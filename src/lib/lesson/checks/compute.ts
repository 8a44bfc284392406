import type { CheckContext } from './context.ts';
import * as structure from './structure-checks.ts';
import * as tensors from './tensor-checks.ts';
import * as tokens from './token-checks.ts';
import type { CheckSpec } from './types.ts';

type Checks = {
  readonly [N in CheckSpec['name']]: (
    context: CheckContext,
    spec: Extract<CheckSpec, { name: N }>
  ) => string | Promise<string>;
};

/** Every named check: how our library computes and prints what a source printed. */
const CHECKS: Checks = {
  ...pick(structure, [
    'module',
    'printed_model',
    'printed_part',
    'parameter',
    'config',
    'sizes',
    'vocabulary',
    'special'
  ]),
  ...pick(tensors, [
    'activation',
    'c_attn',
    'batch_size',
    'by_hand',
    'by_hand_equals_output',
    'tied',
    'hidden_row',
    'padded_by_hand',
    'hidden_states'
  ]),
  ...pick(tokens, [
    'encoded',
    'ids',
    'mask',
    'pieces',
    'padded_text',
    'filled_right',
    'top_token_padded',
    'first_word',
    'token_line',
    'top_token',
    'greedy',
    'generated',
    'beams_by_hand'
  ]),
  softmax: tokens.softmaxOf
};

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

/** What our library prints where the source printed a value. */
export async function computeCheck(context: CheckContext, spec: CheckSpec): Promise<string> {
  const check = CHECKS[spec.name] as (context: CheckContext, spec: CheckSpec) => string | Promise<string>;
  return check(context, spec);
}
