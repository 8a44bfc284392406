import { summarize } from '../../src/lib/check/summarize.ts';
import type { CheckMemory, CheckRow, Speed } from '../../src/lib/check/types.ts';
import type { Verdict } from '../../src/lib/lesson/checks/index.ts';

const SHOWN_LETTERS = 64; // of a text, in the table
const ID_WIDTH = 40;
const SIGN_WIDTH = 10;

/** A text on one line, cut to what the table shows. */
function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > SHOWN_LETTERS ? `${line.slice(0, SHOWN_LETTERS - 1)}…` : line;
}

function signOf(verdict: Verdict): string {
  if (verdict.status === 'not computed') return '-';
  if (verdict.ok) return '✓';
  return verdict.difference === null ? '✗ other' : `✗ ${verdict.difference.toPrecision(2)}`;
}

/** One value: a tick or the largest difference, where it stands, the source's text, and ours where it differs. */
export function tableLines(verdict: Verdict, full: boolean): string[] {
  const { value } = verdict;
  const place = `${value.source.slice(0, value.source.indexOf('_'))} ${value.cell}`;
  const head = `${signOf(verdict).padEnd(SIGN_WIDTH)} ${value.id.padEnd(ID_WIDTH)} ${place}`;
  if (verdict.status === 'not computed') return [`${head}: ${verdict.reason}`];
  const write = full ? (text: string) => text : oneLine;
  const ours = verdict.ok && !full ? [] : [`${' '.repeat(SIGN_WIDTH)}   ours:   ${write(verdict.ours)}`];
  return [head, `${' '.repeat(SIGN_WIDTH)}   source: ${write(value.printed)}`, ...ours];
}

/** Problems, texts and activations, a line a kind as on the page; under a kind that fails, where its worst value stands. */
export function checkLines(rows: readonly CheckRow[]): string[] {
  return summarize(rows).flatMap(({ group, name, failed, rows: count, difference, worst }) => {
    const size = difference === null ? '' : difference.toExponential(1);
    const sign = failed === 0 ? '✓' : `✗ ${failed}/${count}`;
    const head = `${sign.padEnd(SIGN_WIDTH)} ${name.padEnd(ID_WIDTH)} ${group} ${size}`.trimEnd();
    if (failed === 0) return [head];
    const prompt = worst.prompt === null ? '' : ` of ${JSON.stringify(worst.prompt)}`;
    return [head, `${' '.repeat(SIGN_WIDTH)}   ${worst.name}${prompt} ${worst.detail ?? ''}`.trimEnd()];
  });
}

/** How fast it was and what it took, in the words of the page. */
export function deviceLines({ passes, tokensPerSecond }: Speed, { bytes, leaked }: CheckMemory): string[] {
  const times = passes.map(({ T, milliseconds }) => `a pass of ${T} tokens ${milliseconds.toFixed(0)} ms`);
  return [
    '',
    `${[...times, `${tokensPerSecond.toFixed(1)} tokens a second`].join(', ')}; ` +
      `${(bytes / 1e6).toFixed(1)} MB on the backend, ${leaked} tensors left behind.`
  ];
}

/** How many came out, and what it means for this model. */
export function summary(verdicts: readonly Verdict[], model: string, isGpt2Small: boolean): string {
  const checked = verdicts.filter((verdict) => verdict.status === 'checked');
  const passed = checked.filter(({ ok }) => ok).length;
  const left = verdicts.length - checked.length;
  const lines = [
    '',
    `${passed} of ${checked.length} values come out with ${model}; ${left} are not computed.`
  ];
  if (!isGpt2Small) {
    lines.push(
      `The sources ran GPT-2 small, and ${model} is another model: only what does not depend on the weights can agree.`,
      'Pass the folder of GPT-2 small (openai-community/gpt2) to prove the values.'
    );
  }
  return lines.join('\n');
}
