/** Cells as people type them: each list is run from its first to its last cell, as a notebook would. */
import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../src/lib/cells/index.ts';
import { printValue } from '../../src/lib/lesson/print-value.ts';
import { useModelSession } from './model-session.ts';

const nano = useModelSession();
const context = { prompt: 'Once upon', ids: [7454, 2402], layer: 3, head: 1, position: 1 };

async function run(codes: readonly string[]): Promise<CellOutcome> {
  let last: CellOutcome | null = null;
  const programs = codes.map((code, i) => ({ id: `cell-${i}`, code }));
  for await (const { outcome } of nano.session.run(programs, context)) last = outcome;
  return last!;
}

const SLOPPY: readonly (readonly [string, readonly string[], string])[] = [
  ['two declarations in one statement', ['let a = 1, b = 2', 'a + b'], '3'],
  ['two statements on a line', ['let a = 1; let b = a * 5', 'b'], '5'],
  ['indented by the reader', ['   const a = 2\n     a * 3'], '6'],
  [
    'no semicolons, a list on the next line',
    ['const a = [1, 2]\nconst b = a\n;[3, 4].concat(b)'],
    '[3, 4, 1, 2]'
  ],
  [
    'nested destructuring with defaults',
    ['const { x: { y = 4, z }, ...rest } = { x: { z: 5 }, k: 6 }', 'y + z + rest.k'],
    '15'
  ],
  ['a name without const', ['total = 0\nfor (const id of ids) total += id', 'total'], '9856'],
  ['the same name again in another cell', ['const a = 1', 'const a = a + 1', 'let a = a * 10\na'], '20'],
  [
    'a function that sees what a name is later',
    ['let n = 1\nfunction f() { return n }', 'n = 7', 'f()'],
    '7'
  ],
  ['a function that changes a name', ['let n = 1; const up = () => { n++ }', 'up(); up()', 'n'], '3'],
  ['a function used above its text', ['g(2)\nfunction g(x) { return x * x }', 'g(5)'], '25'],
  ['a class with a private field', ['class Box { #v = 3; get v() { return this.#v } }', 'new Box().v'], '3'],
  ['a template over lines', ['const s = `one\nconst not = code\n${1 + 1}`', 's'], 'one\nconst not = code\n2'],
  ['comments everywhere', ['/* const a = 1 */ const b = 2 // let c\n// end', 'b /* yes */'], '2'],
  ['a bare object', ['const n = 1', '{ n, twice: n * 2 }'], "{'n': 1,\n 'twice': 2}"],
  ['var in a loop', ['for (var i = 0, top = 5; i < 3; i++) { var last = i }', '[i, last, top]'], '[3, 2, 5]'],
  [
    'await in a loop',
    [
      'const out = []\nfor (const l of [0, 1]) { out.push((await trace.read("pattern", l, { head })).shape.length) }\nout'
    ],
    '[2, 2]'
  ],
  ['a promise that nobody waited for', ['trace.logits("last").then((l) => l.length)'], '50257'],
  [
    'types',
    [
      'interface Row { id: number }\nconst rows: Row[] = ids.map((id): Row => ({ id }))',
      'rows!.map((r) => r.id as number)'
    ],
    '[7454, 2402]'
  ],
  [
    'an enum and a generic',
    ['enum Kind { A = 3, B }\nfunction first<T>(x: T[]): T { return x[0] }', 'first<number>([Kind.B])'],
    '4'
  ],
  ['export, as copied from a module', ['export const e = 5;\nexport function h() { return e }', 'h()'], '5'],
  ['tabs, blank lines and Windows line ends', ['\r\n\tconst a = 1\r\n\r\n\ta + 1\r\n'], '2'],
  ['a choice of the page, changed from here on', ['layer = 5', 'layer'], '5'],
  [
    'numbers that JSON does not have',
    ['[NaN, Infinity, undefined, 2n ** 64n]'],
    '[NaN, Infinity, undefined, 18446744073709551616n]'
  ]
];

describe('cells as people type them', () => {
  it.each(SLOPPY)('%s', async (_, codes, printed) => {
    const outcome = await run(codes);
    if (!outcome.ok) expect(outcome).toBe(printed);
    else expect(printValue(outcome.value)).toBe(printed);
  });

  it.each([
    ['an unknown name', ['const embeds = 1;', '\n  embed + 1'], 2, 3, 'near', 'embeds', null],
    ['no such name at all', ['qqqqqq()'], 1, 1, 'name', 'qqqqqq', null],
    ['not a function', ['const a = 1;\nconst b = 2; a();'], 2, 14, 'call', null, null],
    [
      'a forgotten await',
      ["const read = trace.read('embed');\nread.data.length"],
      2,
      11,
      'await',
      null,
      null
    ],
    [
      'an error inside of a cell above',
      ['const f = (x) =>\n  x.y.z;', 'f({})'],
      2,
      7,
      'await',
      null,
      'cell-0'
    ]
  ])('says where and what to try: %s', async (_, codes, line, column, code, name, inCell) => {
    expect(await run(codes)).toMatchObject({
      ok: false,
      line,
      column,
      hint: { code, name },
      inCell,
      error: expect.not.stringContaining('__')
    });
  });
});
