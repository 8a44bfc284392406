import { shownToken } from '../command/shown-token.ts';
import type {
  BeamCandidate,
  BeamStep,
  GenerateResult,
  GenerateStep,
  ProcessorSummary,
  StopReason,
  TokenStep,
  TopEntry,
  Vocabulary
} from '../../src/lib/gpt2/index.ts';

type WithText<T> = T & { readonly text: string };

/** One new token, in `--json`. */
export interface ReportedToken {
  readonly step: number;
  readonly sequence: number;
  readonly id: number;
  readonly text: string;
  /** In the distribution it was taken from. */
  readonly probability: number;
  readonly logProbability: number;
  /** The number that chose it, or null. */
  readonly draw: number | null;
  /** Before and after processing, nats. */
  readonly logit: number;
  readonly score: number;
  readonly stopped: StopReason | null;
  /** Best tokens before processing, and after each processor. */
  readonly top: readonly WithText<TopEntry>[];
  readonly processors: readonly (Omit<ProcessorSummary, 'top'> & { top: readonly WithText<TopEntry>[] })[];
}

/** One step of beam search, in `--json`. */
export interface ReportedBeams {
  readonly step: number;
  readonly candidates: readonly WithText<BeamCandidate>[];
  readonly done: boolean;
}

/** What `--json` prints. */
export interface GenerateReport {
  /** Name of the model folder. */
  readonly model: string;
  readonly backend: string;
  /** Ids that were continued. */
  readonly prompt: readonly number[];
  /** The first sequence: prompt and new tokens, and their text. */
  readonly ids: readonly number[];
  readonly text: string;
  readonly sequences: readonly {
    readonly newIds: readonly number[];
    readonly newText: string;
    readonly logProbability: number;
    readonly score: number | null;
    readonly stopped: StopReason;
  }[];
  readonly steps: readonly (ReportedToken | ReportedBeams)[];
}

type Words = Pick<Vocabulary, 'token'> & { decode(ids: readonly number[]): string };

/** One step without its arrays over the vocabulary. */
export function reportStep(step: GenerateStep, words: Words): ReportedToken | ReportedBeams {
  return step.kind === 'token' ? reportToken(step, words) : reportBeams(step, words);
}

function reportToken(step: TokenStep, words: Words): ReportedToken {
  const { id, sequence, probability, logProbability, draw, stopped } = step;
  return {
    step: step.step,
    sequence,
    id,
    text: words.token(id).text,
    probability,
    logProbability,
    draw,
    logit: step.logits[id],
    score: step.scores[id],
    stopped,
    top: step.top.map((entry) => withText(entry, words)),
    processors: step.processors.map((one) => ({
      ...one,
      top: one.top.map((entry) => withText(entry, words))
    }))
  };
}

function reportBeams({ step, candidates, done }: BeamStep, words: Words): ReportedBeams {
  return { step, candidates: candidates.map((one) => withText(one, words)), done };
}

function withText<T extends { readonly id: number }>(entry: T, words: Words): WithText<T> {
  return { ...entry, text: words.token(entry.id).text };
}

export function reportResult(
  { sequences }: GenerateResult,
  words: Words
): Pick<GenerateReport, 'ids' | 'text' | 'sequences'> {
  const [{ ids }] = sequences;
  return {
    ids,
    text: words.decode(ids),
    sequences: sequences.map(({ newIds, logProbability, score, stopped }) => ({
      newIds,
      newText: words.decode(newIds),
      logProbability,
      score,
      stopped
    }))
  };
}

/** The report as lines for a reader: the texts, then every choice. */
export function summarise({ model, backend, prompt, sequences, steps }: GenerateReport): string {
  const lines = [`${model} on ${backend}, ${prompt.length} tokens continued`, ''];
  for (const { newText, logProbability, score, stopped } of sequences) {
    const ranked = score === null ? '' : `, score ${score.toFixed(4)}`;
    lines.push(
      JSON.stringify(newText),
      `  log-probability ${logProbability.toFixed(4)}${ranked}, ended by ${stopped}`
    );
  }
  lines.push('', 'candidates' in steps[0] ? BEAM_HEAD : TOKEN_HEAD);
  for (const step of steps) lines.push(...('candidates' in step ? beamLines(step) : [tokenLine(step)]));
  return lines.join('\n');
}

const COLUMN = 6;
const TOKEN_HEAD = "step   id     probability token (after processing), of the model's best (before)";
const BEAM_HEAD = 'step   beam    state     sum of ln p  id and token';

function tokenLine({ step, sequence, id, text, probability, top }: ReportedToken): string {
  const best = top
    .map((entry) => `${shownToken(entry.id, entry.text)} ${percent(entry.probability)}`)
    .join('  ');
  const where = sequence === 0 ? String(step) : `${step}/${sequence}`;
  return `${where.padEnd(COLUMN)} ${String(id).padEnd(COLUMN)} ${percent(probability).padEnd(COLUMN + 2)} ${shownToken(id, text)}   of ${best}`;
}

function beamLines({ step, candidates }: ReportedBeams): string[] {
  return candidates
    .filter(({ place }) => place !== null)
    .map(
      ({ parentBeam, id, text, cumulative, state }) =>
        `${String(step).padEnd(COLUMN)} beam ${parentBeam}  ${state.padEnd(8)}  ${cumulative.toFixed(4).padEnd(9)} ${String(id).padEnd(COLUMN)} ${shownToken(id, text)}`
    );
}

const percent = (probability: number): string => `${(100 * probability).toPrecision(3)} %`;
