/** A text that knows where each of its letters stands in the prompt, whatever was done to it. */
import { byteCharacters } from './byte-pieces.ts';

export interface AlignedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where its letter begins in the prompt. */
  readonly starts: readonly number[];
  /** For each UTF-16 unit of `text`, where its letter ends. */
  readonly ends: readonly number[];
}

/** A part of the prompt, each letter at its own place; half a surrogate pair is a letter of its own. */
export function alignedPart(prompt: string, start: number, end: number): AlignedText {
  const text = prompt.slice(start, end);
  const starts: number[] = [];
  const ends: number[] = [];
  let at = start;
  for (const letter of text) {
    for (let unit = 0; unit < letter.length; unit++) {
      starts.push(at);
      ends.push(at + letter.length);
    }
    at += letter.length;
  }
  return { text, starts, ends };
}

export function sliceAligned({ text, starts, ends }: AlignedText, from: number, to: number): AlignedText {
  return { text: text.slice(from, to), starts: starts.slice(from, to), ends: ends.slice(from, to) };
}

/** With letters in front that stand for nothing in the prompt. */
export function withFront({ text, starts, ends }: AlignedText, front: string): AlignedText {
  const place = new Array<number>(front.length).fill(starts[0] ?? 0);
  return { text: front + text, starts: [...place, ...starts], ends: [...place, ...ends] };
}

/** A base letter with the marks and joined sounds after it: what a Unicode normalization may join or take apart. */
const CLUSTER = /[\u1100-\u11ff\uac00-\ud7a3\ua960-\ua97f\ud7b0-\ud7ff]+|[^]\p{M}*/gu;

/** A text after `change`, cluster by cluster where that gives the same as at once; else as one piece. */
export function changeAligned(whole: AlignedText, change: (text: string) => string): AlignedText {
  const changed = change(whole.text);
  if (changed === whole.text) return whole;
  const clusters = [...whole.text.matchAll(CLUSTER)];
  const parts = clusters.map(([cluster]) => change(cluster));
  const pieces =
    parts.join('') === changed
      ? clusters.map(({ 0: { length }, index }, i) => ({ part: parts[i], from: index, to: index + length }))
      : [{ part: changed, from: 0, to: whole.text.length }];
  return join(
    pieces.map(({ part, from, to }) => spread(part, whole.starts[from] ?? 0, whole.ends[to - 1] ?? 0))
  );
}

/** Each byte of the text's UTF-8 as the character that stands for it. */
export function toByteCharacters(whole: AlignedText): AlignedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  for (const letter of whole.text) {
    const bytes = byteCharacters(letter);
    for (let byte = 0; byte < bytes.length; byte++) {
      starts.push(whole.starts[at]);
      ends.push(whole.ends[at]);
    }
    text += bytes;
    at += letter.length;
  }
  return { text, starts, ends };
}

/** Only the characters that `keep` says: the others leave no trace. */
export function filterAligned(whole: AlignedText, keep: (letter: string) => boolean): AlignedText {
  const letters: AlignedText[] = [];
  let at = 0;
  for (const letter of whole.text) {
    if (keep(letter)) letters.push(sliceAligned(whole, at, at + letter.length));
    at += letter.length;
  }
  return at === whole.text.length && letters.length === [...whole.text].length ? whole : join(letters);
}

function spread(text: string, start: number, end: number): AlignedText {
  return {
    text,
    starts: new Array<number>(text.length).fill(start),
    ends: new Array<number>(text.length).fill(end)
  };
}

function join(parts: readonly AlignedText[]): AlignedText {
  return {
    text: parts.map(({ text }) => text).join(''),
    starts: parts.flatMap(({ starts }) => starts),
    ends: parts.flatMap(({ ends }) => ends)
  };
}
