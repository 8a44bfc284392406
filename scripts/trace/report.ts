import {
  ACTIVATIONS,
  everyActivation,
  exportName,
  summariseLogits,
  type Gpt2Config,
  type Token,
  type Vocabulary
} from '../../src/lib/gpt2/index.ts';
import type { NodeBackend } from '../command/flags.ts';
import { shownToken } from '../command/shown-token.ts';

/** Next tokens listed. */
const TOP = 10;

/** What `--json` prints. */
export interface TraceReport {
  /** Name of the model folder. */
  readonly model: string;
  /** bytes: 0 to 255 each; text: U+FFFD where a token holds a part of a character. */
  readonly tokens: { id: number; text: string; bytes: number[] }[];
  readonly backend: NodeBackend;
  /** Shape by full export name, in the order of the computation. */
  readonly activations: Record<string, number[]>;
  /** The likeliest after the last position: softmax over the whole vocabulary; logit in nats. */
  readonly next: { id: number; text: string; probability: number; logit: number }[];
}

/** The shape of every activation of a run of T tokens, by full export name. */
export function activationShapes(config: Gpt2Config, T: number): Record<string, number[]> {
  const shapes = [...everyActivation(config)].map(({ name, layer }) => [
    exportName(name, layer),
    ACTIVATIONS[name].shape(config, T)
  ]);
  return Object.fromEntries(shapes) as Record<string, number[]>;
}

/** The ten likeliest next tokens. Shapes: logits [vocab_size]. */
export function nextTokens(logits: Float32Array, vocabulary: Vocabulary): TraceReport['next'] {
  const { topIds, topProbabilities, topLogits } = summariseLogits(logits, 1, logits.length, {
    top: Math.min(TOP, logits.length)
  });
  return Array.from(topIds, (id, place) => ({
    id,
    text: vocabulary.token(id).text,
    probability: topProbabilities[place],
    logit: topLogits[place]
  }));
}

export function reportTokens(tokens: readonly Token[]): TraceReport['tokens'] {
  return tokens.map(({ id, text, bytes }) => ({ id, text, bytes: [...bytes] }));
}

/** The report as lines for a reader. */
export function summarise({ model, tokens, backend, activations, next }: TraceReport): string {
  const lines = [`${model} on ${backend}, ${tokens.length} tokens`, '', 'position  id     text'];
  tokens.forEach(({ id, text }, position) => {
    lines.push(`${String(position).padEnd(8)}  ${String(id).padEnd(5)}  ${shownToken(id, text)}`);
  });
  lines.push('', 'next token (softmax over the whole vocabulary)', 'id     probability  logit     text');
  for (const { id, text, probability, logit } of next) {
    const percent = `${(100 * probability).toPrecision(3)} %`;
    lines.push(
      `${String(id).padEnd(5)}  ${percent.padEnd(11)}  ${logit.toFixed(3).padEnd(8)}  ${shownToken(id, text)}`
    );
  }
  lines.push('', 'activations');
  for (const [name, shape] of Object.entries(perKind(activations)))
    lines.push(`[${shape.join(', ')}]`.padEnd(16) + name);
  return lines.join('\n');
}

/** One entry for all layers: `blocks.3.attn.hook_q` becomes `blocks.L.attn.hook_q`. */
function perKind(activations: TraceReport['activations']): TraceReport['activations'] {
  const entries = Object.entries(activations).map(([name, shape]) => [
    name.replace(/^blocks\.\d+\./, 'blocks.L.'),
    shape
  ]);
  return Object.fromEntries(entries) as TraceReport['activations'];
}
