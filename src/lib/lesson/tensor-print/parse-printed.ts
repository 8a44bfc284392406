/**
 * Reads a tensor that PyTorch printed: which values stand where, and how exact each is.
 */
import type { Dtype } from './options.ts';

/** One number of a printed tensor. */
export interface PrintedValue {
  /** Index on each axis; negative from the end, after `...`. */
  readonly at: readonly number[];
  readonly value: number;
  /** One unit of the last digit that was printed. */
  readonly unit: number;
}

export interface PrintedTensor {
  readonly values: readonly PrintedValue[];
  /** Number of axes. */
  readonly rank: number;
  /** True if `...` leaves values out. */
  readonly summarised: boolean;
  readonly dtype: Dtype;
}

type Nested = { readonly text: string } | { readonly children: (Nested | '...')[] };

/**
 * Reads `tensor([[1., 2.], ...])`; `grad_fn=` and other suffixes are left out, a text cut off inside the brackets
 * gives the values up to there.
 *
 * Throws: RangeError if there is no tensor in the text.
 */
export function parsePrinted(text: string): PrintedTensor {
  const body = /tensor\((.*)/s.exec(text)?.[1];
  if (body === undefined) {
    throw new RangeError(
      `parsePrinted: text must hold "tensor(", got "${text.slice(0, 40)}". Pass what was printed.`
    );
  }
  const tree = readNested(body);
  const values: PrintedValue[] = [];
  const rank = collect(tree, [], values);
  const number = [...body.matchAll(NUMBER)].map(([match]) => match);
  return { values, rank, summarised: body.includes('...'), dtype: dtypeOf(number) };
}

const NUMBER = /(?<![\w.])(?:-?(?:\d[\d.]*(?:e[+-]?\d+)?|inf|nan)|True|False)(?![\w])/g;
const TOKEN = /\[|\]|\.\.\.|-?(?:\d[\d.]*(?:e[+-]?\d+)?|inf|nan)|True|False/g;

function dtypeOf(numbers: readonly string[]): Dtype {
  if (numbers.some((text) => text === 'True' || text === 'False')) return 'bool';
  return numbers.every((text) => /^-?\d+$/.test(text)) ? 'int64' : 'float32';
}

function readNested(body: string): Nested {
  const stack: { children: (Nested | '...')[] }[] = [];
  for (const [token] of body.matchAll(TOKEN)) {
    const top = stack.at(-1);
    if (token === '[') {
      const list = { children: [] };
      top?.children.push(list);
      stack.push(list);
    } else if (token === ']') {
      if (stack.length === 1) return stack[0];
      stack.pop();
    } else if (!top) return { text: token };
    else top.children.push(token === '...' ? '...' : { text: token });
  }
  return stack[0] ?? { children: [] };
}

/** Gathers the numbers under a node with their places; returns the number of axes. */
function collect(node: Nested, at: readonly number[], out: PrintedValue[]): number {
  if ('text' in node) {
    out.push({ at, value: numberOf(node.text), unit: unitOf(node.text) });
    return 0;
  }
  const gap = node.children.indexOf('...');
  let depth = 0;
  node.children.forEach((child, i) => {
    if (child === '...') return;
    const place = gap >= 0 && i > gap ? i - node.children.length : i;
    depth = Math.max(depth, collect(child, [...at, place], out));
  });
  return depth + 1;
}

function numberOf(text: string): number {
  if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity;
  if (text === 'True' || text === 'False') return Number(text === 'True');
  return text === 'nan' ? NaN : Number(text);
}

/** One unit in the last place: 1e-4 of `0.0530`, 1e-6 of `-1.8821e-02`; 0 of a whole number. */
export function unitOf(text: string): number {
  const [mantissa, exponent = '0'] = text.split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return decimals === 0 ? 0 : 10 ** (Number(exponent) - decimals);
}
