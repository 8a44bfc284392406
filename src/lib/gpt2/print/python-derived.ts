/** Python code for what pictures work out: from a run's arrays, or from the weights alone. */
import type { SamplingSettings } from '../decode/index.ts';
import type { PythonLibrary } from './python-code.ts';
import type { EditsPlace } from './python-edit-places.ts';
import { editsLines, patchGridLines, type PatchGridPlace } from './python-edits.ts';
import { saliencyLines, type SaliencyPlace } from './python-saliency.ts';

/** What a picture works out; code gives its numbers as `array`. */
export type WorkedOutPlace =
  /** Probabilities of every token at every depth, [n_layer + 1, T, vocab_size]. */
  | { readonly name: 'lens'; readonly ln_f: boolean }
  /** What each head and each sublayer adds to a logit, or to a difference of two: [n_layer, n_head] and [n_layer]. */
  | {
      readonly name: 'attribution';
      readonly library: 'transformers';
      readonly position: number;
      readonly token: number;
      readonly minus: number | null;
    }
  /** Scores of all heads on the prompt, [n_layer, n_head] by name. */
  | { readonly name: 'scores' }
  /** A parameter by its name in the checkpoint. */
  | { readonly name: 'parameter'; readonly library: 'transformers'; readonly parameter: string }
  /** What each source brings to a row, block by block: own [n_layer], shares [n_layer, S], heads [n_layer, S, n_head]. */
  | { readonly name: 'flow'; readonly position: number }
  /** Probabilities of the next token after temperature, top-k and top-p, [vocab_size]. */
  | ({ readonly name: 'next_token'; readonly position: number } & SamplingSettings)
  | EditsPlace
  | PatchGridPlace
  | SaliencyPlace;

const WORKED_OUT: readonly string[] = [
  'lens',
  'attribution',
  'scores',
  'parameter',
  'flow',
  'next_token',
  'edited_logits',
  'patch_grid',
  'saliency'
] satisfies WorkedOutPlace['name'][];

export const isWorkedOut = (place: { readonly name: string }): place is WorkedOutPlace =>
  WORKED_OUT.includes(place.name);

/** The code asks for gradients itself. */
export const hasGradients = ({ name }: WorkedOutPlace): boolean => name === 'saliency';

/** Of each library: the model's parts that the code below needs, and a run that keeps the stream. */
interface Names {
  readonly unembed: string;
  readonly ln_f: string;
  /** The stream before each block; `logits` are of the same run. */
  readonly states: readonly string[];
  /** `pattern`, [n_layer, n_head, T, T]. */
  readonly patterns: readonly string[];
  /** The last run's logits. */
  readonly logits: readonly string[];
  /** Of every block: `stream` before it, [T, n_embd], `v` [T, n_head, d_head], `W_O` [n_head, d_head, n_embd], `b_O`. */
  readonly written: readonly string[];
}

const NAMES: Readonly<Record<PythonLibrary, Names>> = {
  transformers: {
    unembed: 'model.lm_head',
    ln_f: 'model.transformer.ln_f',
    states: [
      'result = model(ids, use_cache=False, output_hidden_states=True)',
      'logits = result.logits',
      'states = result.hidden_states[:-1]  # the last one has ln_f applied'
    ],
    patterns: [
      'result = model(ids, use_cache=False, output_attentions=True)',
      'pattern = torch.cat(result.attentions)  # [n_layer, n_head, T, T]'
    ],
    logits: ['logits = model(ids, use_cache=False).logits'],
    written: [
      'blocks, kept = model.transformer.h, []',
      'keep = lambda module, inputs, output: kept.append(output)',
      'hooks = [block.attn.c_attn.register_forward_hook(keep) for block in blocks]',
      'result = model(ids, use_cache=False, output_attentions=True, output_hidden_states=True)',
      'for hook in hooks:',
      '    hook.remove()',
      'pattern = torch.cat(result.attentions)  # [n_layer, n_head, T, T]',
      'stream = [state[0] for state in result.hidden_states]',
      'v = [qkv[0].split(config.n_embd, -1)[2].unflatten(-1, (config.n_head, -1)) for qkv in kept]',
      'W_O = [block.attn.c_proj.weight.unflatten(0, (config.n_head, -1)) for block in blocks]',
      'b_O = [block.attn.c_proj.bias for block in blocks]'
    ]
  },
  transformer_lens: {
    unembed: 'model.unembed',
    ln_f: 'model.ln_final',
    states: [
      'logits, cache = model.run_with_cache(ids)',
      'states = [cache[f"blocks.{layer}.hook_resid_pre"] for layer in range(model.cfg.n_layers)]'
    ],
    patterns: [
      'logits, cache = model.run_with_cache(ids)',
      'pattern = torch.cat([cache[f"blocks.{layer}.attn.hook_pattern"] for layer in range(model.cfg.n_layers)])'
    ],
    logits: ['logits = model(ids)'],
    written: [
      'logits, cache = model.run_with_cache(ids)',
      'blocks = [f"blocks.{layer}" for layer in range(model.cfg.n_layers)]',
      'pattern = torch.cat([cache[f"{block}.attn.hook_pattern"] for block in blocks])',
      'stream = [cache[f"{block}.hook_resid_pre"][0] for block in blocks]',
      'v = [cache[f"{block}.attn.hook_v"][0] for block in blocks]',
      'W_O, b_O = model.W_O, model.b_O'
    ]
  }
};

/** The lines after the model is loaded, inside `with torch.no_grad():`. */
export function workedOutLines(library: PythonLibrary, place: WorkedOutPlace): string[] {
  const names = NAMES[library];
  switch (place.name) {
    case 'lens': {
      const read = place.ln_f ? `${names.ln_f}(state)` : 'state';
      return [
        ...names.states,
        `lens = [${names.unembed}(${read}) for state in states]`,
        'array = torch.cat([*lens, logits]).softmax(-1)  # by depth; the last one is the output'
      ];
    }
    case 'scores':
      return [...names.patterns, ...SCORES];
    case 'parameter':
      return [`array = ${parameterOf(place.parameter)}`];
    case 'attribution':
      return attributionLines(place);
    case 'flow':
      return [...names.written, ...flowLines(place.position)];
    case 'next_token':
      return [...names.logits, ...nextTokenLines(place)];
    case 'edited_logits':
      return editsLines(place);
    case 'patch_grid':
      return patchGridLines(place);
    case 'saliency':
      return saliencyLines(place);
  }
}

const SCORES = [
  'T = ids.shape[1]',
  'repeated = [(query, key) for query in range(T) for key in range(query) if ids[0, query] == ids[0, key]]',
  'count = max(1, len({query for query, _ in repeated}))',
  'none = torch.zeros(pattern.shape[:2])',
  'array = {',
  '    "previous": pattern.diagonal(-1, -2, -1).mean(-1),',
  '    "duplicate": sum((pattern[..., query, key] for query, key in repeated), none) / count,',
  '    "induction": sum((pattern[..., query, key + 1] for query, key in repeated), none) / count,',
  '    "first": pattern[..., 0].mean(-1),',
  '    "self": pattern.diagonal(0, -2, -1).mean(-1),',
  '}  # each [n_layer, n_head]'
];

/** Of the model in Hugging Face's names, where only lm_head stands outside `transformer`. */
function parameterOf(parameter: string): string {
  const path = parameter.startsWith('lm_head') ? parameter : `transformer.${parameter}`;
  return `model.get_parameter("${path}").detach()`;
}

/** ((c - mean(c)) / s * w) . W_U[:, t], with s of the run at the position, of every head and MLP. */
function attributionLines({ position, token, minus }: WorkedOutPlace & { name: 'attribution' }): string[] {
  const less = minus === null ? '' : ` - model.lm_head.weight[${minus}]`;
  return [
    'body, seen, hooks = model.transformer, {}, []',
    'for layer, block in enumerate(body.h):',
    '    keep = lambda module, inputs, layer=layer: seen.update({("z", layer): inputs[0]})',
    '    hooks.append(block.attn.c_proj.register_forward_pre_hook(keep))',
    '    keep = lambda module, inputs, output, layer=layer: seen.update({("mlp", layer): output})',
    '    hooks.append(block.mlp.register_forward_hook(keep))',
    'hooks.append(body.ln_f.register_forward_pre_hook(lambda module, inputs: seen.update(last=inputs[0])))',
    'model(ids, use_cache=False)',
    'for hook in hooks:',
    '    hook.remove()',
    `last = seen["last"][0, ${position}]`,
    's = (last.var(unbiased=False) + config.layer_norm_epsilon).sqrt()',
    `direction = model.lm_head.weight[${token}]${less}`,
    'value = lambda part: ((part - part.mean(-1, keepdim=True)) / s * body.ln_f.weight) @ direction',
    'weights = [block.attn.c_proj.weight.unflatten(0, (config.n_head, -1)) for block in body.h]',
    `z = [seen["z", layer][0, ${position}].unflatten(-1, (config.n_head, -1)) for layer in range(config.n_layer)]`,
    'heads = torch.stack([value(torch.einsum("hd,hde->he", z[i], weights[i])) for i in range(config.n_layer)])',
    `mlps = torch.stack([value(seen["mlp", layer][0, ${position}]) for layer in range(config.n_layer)])`,
    'array = {"heads": heads, "mlp_out": mlps}  # [n_layer, n_head] and [n_layer]'
  ];
}

/** As `contributions`: share_i is proportional to max(0, |y| - |y - T_i|) by the L1 norm, y being resid_mid's row. */
function flowLines(position: number): string[] {
  const seen = position + 1;
  return [
    'own, shares, heads = [], [], []',
    'for layer in range(len(pattern)):',
    `    reads = pattern[layer][:, ${position}, :${seen}]`,
    `    written = torch.einsum("hs,shd,hde->she", reads, v[layer][:${seen}], W_O[layer])`,
    `    parts = torch.cat([(stream[layer][${position}] + b_O[layer])[None], written.sum(1)])`,
    '    row = parts.sum(0)',
    '    gains = (row.abs().sum() - (row - parts).abs().sum(-1)).clamp(min=0)',
    '    gains = gains / gains.sum()',
    '    norms = written.abs().sum(-1)',
    '    own.append(gains[0])',
    '    shares.append(gains[1:])',
    '    heads.append(norms / norms.sum(-1, keepdim=True))',
    'array = {"own": torch.stack(own), "shares": torch.stack(shares), "heads": torch.stack(heads)}'
  ];
}

/** In transformers' order: temperature, top-k, top-p. */
function nextTokenLines({
  position,
  temperature,
  top_k,
  top_p
}: WorkedOutPlace & { name: 'next_token' }): string[] {
  return [
    `scores = logits[0, ${position}]${temperature === 1 ? '' : ` / ${temperature}`}`,
    ...(top_k > 0
      ? [
          `scores = scores.masked_fill(scores < scores.topk(min(${top_k}, len(scores))).values[-1], -torch.inf)`
        ]
      : []),
    ...(top_p < 1
      ? [
          'best, order = scores.sort(descending=True, stable=True)',
          'before = best.softmax(-1).cumsum(-1) - best.softmax(-1)  # of all better ones',
          `scores[order[before >= ${top_p}]] = -torch.inf`
        ]
      : []),
    'array = scores.softmax(-1)'
  ];
}
