/** Python code that computes what a picture draws: with Hugging Face transformers, and with TransformerLens. */
import { InputError, mustBe } from '../errors.ts';
import { exportName, headAxis, type ActivationName } from '../trace/activations.ts';
import { hasGradients, isWorkedOut, workedOutLines, type WorkedOutPlace } from './python-derived.ts';
import { hookName, modulePath } from './python-modules.ts';

export const PYTHON_LIBRARIES = ['transformers', 'transformer_lens'] as const;
export type PythonLibrary = (typeof PYTHON_LIBRARIES)[number];

/** One array of a run: an activation, or one head of it. */
export interface ArrayPlace {
  readonly name: ActivationName;
  readonly layer?: number;
  readonly head?: number;
}

/** What code is there for: arrays of a run, and what pictures work out. */
export type PythonPlace = ArrayPlace | WorkedOutPlace;

export interface PythonRun {
  /** An id of the hub, or the path of a model's folder. */
  readonly model: string;
  readonly ids: readonly number[];
}

const SPLIT = 'q, k, v = (part.unflatten(-1, (config.n_head, -1)) for part in seen.split(config.n_embd, -1))';
const HEADS = 'z = seen.unflatten(-1, (config.n_head, -1))';
const SCALE = 'array = (seen.var(-1, unbiased=False, keepdim=True) + config.layer_norm_epsilon).sqrt()';

/** From what a module was seen to take or give, to the array. */
function fromSeen(name: ActivationName, layer: number): string[] {
  switch (name) {
    case 'q':
    case 'k':
    case 'v':
      return [SPLIT, `array = ${name}`];
    case 'attn_scores':
      return [
        SPLIT,
        'factor = q.shape[-1] ** -0.5 if config.scale_attn_weights else 1.0',
        `factor /= ${layer + 1} if config.scale_attn_by_inverse_layer_idx else 1`,
        'array = torch.einsum("qhd,khd->hqk", q, k) * factor',
        'later = torch.ones(array.shape[-2:], dtype=torch.bool).triu(1)',
        'array = array.masked_fill(later, -torch.inf)'
      ];
    case 'z':
      return [HEADS, 'array = z'];
    case 'result':
      return [
        HEADS,
        `weight = model.transformer.h[${layer}].attn.c_proj.weight.unflatten(0, (config.n_head, -1))`,
        'array = torch.einsum("thd,hde->the", z, weight)'
      ];
    case 'ln1.scale':
    case 'ln2.scale':
    case 'ln_final.scale':
      return [SCALE];
    default:
      return ['array = seen'];
  }
}

/**
 * Code whose `array` is the place's numbers, of the shape of `ACTIVATIONS` (with `head`, without the head axis) or of
 * `WorkedOutPlace`.
 *
 * Throws: InputError if the array has no axis of heads, but a head is named.
 * Source: transformers 5.23, models/gpt2/modeling_gpt2.py; TransformerLens 4.3, model_bridge.
 */
export function pythonCode(library: PythonLibrary, { model, ids }: PythonRun, place: PythonPlace): string {
  const { imports, load } = LIBRARIES[library];
  const tokens = `ids = torch.tensor([[${ids.join(', ')}]])`;
  const lines = isWorkedOut(place)
    ? inContext(place, workedOutLines(library, place))
    : [...(library === 'transformers' ? transformersLines(place) : lensLines(place)), ...headLines(place)];
  return `${[imports, '', tokens, ...load(quoted(model)), ...lines].join('\n')}\n`;
}

const quoted = (text: string) => JSON.stringify(text);
const inContext = (place: WorkedOutPlace, lines: readonly string[]) =>
  hasGradients(place) ? lines : withoutGradients(lines);
const withoutGradients = (lines: readonly string[]) => [
  'with torch.no_grad():',
  ...lines.map((line) => (line === '' ? '' : `    ${line}`))
];

/** How each library is imported, and reads a model (a Python text) with nothing changed in it. */
const LIBRARIES = {
  transformers: {
    imports: 'import torch\nfrom transformers import GPT2LMHeadModel',
    load: (model: string) => [
      `model = GPT2LMHeadModel.from_pretrained(${model}, attn_implementation="eager", dtype=torch.float32).eval()`,
      'config = model.config'
    ]
  },
  transformer_lens: {
    imports: 'import torch\nfrom transformer_lens.model_bridge import TransformerBridge',
    load: (model: string) => [
      `model = TransformerBridge.boot_transformers(${model}, device="cpu", dtype=torch.float32)`,
      'model.enable_compatibility_mode(no_processing=True, disable_warnings=True)  # nothing folded or centred'
    ]
  }
} as const satisfies Record<PythonLibrary, object>;

function headLines({ name, head }: ArrayPlace): string[] {
  if (head === undefined) return [];
  const axis = headAxis(name);
  if (axis === null)
    throw new InputError(mustBe('pythonCode: head', 'left out', name, `${name} is not split by head.`));
  return [axis === 0 ? `array = array[${head}]` : `array = array[:, ${head}]`];
}

function transformersLines({ name, layer = 0 }: ArrayPlace): string[] {
  const run = (options: string) => withoutGradients([`result = model(ids, use_cache=False${options})`]);
  if (name === 'logits') return [...run(''), 'array = result.logits[0]'];
  if (name === 'pattern')
    return [...run(', output_attentions=True'), `array = result.attentions[${layer}][0]`];
  const { path, at } = modulePath(name, layer);
  const hook =
    at === 'input'
      ? `hook = ${path}.register_forward_pre_hook(lambda module, inputs: kept.append(inputs[0]))`
      : `hook = ${path}.register_forward_hook(lambda module, inputs, output: kept.append(output))`;
  return [
    'kept = []',
    hook,
    ...run(''),
    'hook.remove()',
    'seen = kept[0][0] if isinstance(kept[0], tuple) else kept[0]',
    `seen = seen.reshape(ids.shape[1], -1)  # ${exportName(name, layer)}`,
    ...withoutGradients(fromSeen(name, layer))
  ];
}

function lensLines({ name, layer }: ArrayPlace): string[] {
  const run = [
    ...(name === 'result' ? ['model.set_use_attn_result(True)'] : []),
    ...withoutGradients(['logits, cache = model.run_with_cache(ids)'])
  ];
  if (name === 'logits') return [...run, 'array = logits[0]'];
  return [...run, `array = cache["${hookName(exportName(name, layer))}"][0]`];
}
