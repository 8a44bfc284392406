/** What a cell's worker sends is looked at before it is drawn: a cell's own code could have sent anything. */
import * as v from 'valibot';
import { HINTS } from './hints.ts';
import type { CellOutcome, CellValue } from './types.ts';

const DEEPEST = 12;

const tensor = v.pipe(
  v.object({
    kind: v.literal('tensor'),
    shape: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(DEEPEST)),
    data: v.union([v.instance(Float32Array), v.instance(Int32Array)]),
    dtype: v.picklist(['float32', 'int64', 'bool'])
  }),
  v.check(
    ({ shape, data }) => shape.reduce((size, length) => size * length, 1) === data.length,
    ({ input: { shape, data } }) => `its shape [${shape.join(', ')}] does not fit its ${data.length} values`
  )
);

const value: v.GenericSchema<CellValue> = v.variant('kind', [
  v.object({ kind: v.literal('nothing') }),
  tensor,
  v.object({ kind: v.literal('text'), text: v.string() }),
  v.object({ kind: v.literal('list'), items: v.array(v.lazy(() => value)) }),
  v.object({ kind: v.literal('record'), entries: v.array(v.tuple([v.string(), v.lazy(() => value)])) }),
  v.object({
    kind: v.literal('table'),
    columns: v.array(v.string()),
    rows: v.array(v.array(v.union([v.string(), v.number()])))
  })
]);

const spent = { printed: v.array(v.array(value)), milliseconds: v.number() };
const place = v.nullable(v.pipe(v.number(), v.integer()));

const outcome: v.GenericSchema<CellOutcome> = v.union([
  v.object({ ok: v.literal(true), value, ...spent }),
  v.object({
    ok: v.literal(false),
    error: v.string(),
    line: place,
    column: place,
    inCell: v.nullable(v.string()),
    hint: v.nullable(v.object({ code: v.picklist(HINTS), name: v.nullable(v.string()) })),
    ...spent
  })
]);

/** The outcome as it is where it can be drawn, else one that says why not. */
export function checkedOutcome(sent: unknown): CellOutcome {
  const checked = v.safeParse(outcome, sent);
  if (checked.success) return checked.output;
  return {
    ok: false,
    error: `The result cannot be shown: ${reasonOf(checked.issues)}. Give a part of it, or print it with console.log.`,
    line: null,
    column: null,
    inCell: null,
    hint: null,
    printed: [],
    milliseconds: 0
  };
}

/** The innermost thing that was wrong, in words. */
function reasonOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const inner = issues.flatMap((issue) => issue.issues ?? []);
  if (inner.length > 0) return reasonOf(inner);
  return issues.find(({ type }) => type === 'check')?.message ?? issues[0].message;
}
