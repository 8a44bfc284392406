/** Every view of the page. All that the rest of the page knows of one is in its spec; docs/HOWTO.md: "a new view". */
import type { Run } from '$lib/state';
import { spoken } from '$lib/words';
import type { Settings, ValuesOf } from './setting';
import type { Picture, ViewSpec } from './spec';
import { attention } from './specs/attention';
import { decode } from './specs/decode';
import { embeddings } from './specs/embeddings';
import { flow } from './specs/flow';
import { heads } from './specs/heads';
import { layernorm } from './specs/layernorm';
import { lens } from './specs/lens';
import { mlp } from './specs/mlp';
import { qkv } from './specs/qkv';
import { residual } from './specs/residual';
import { weights } from './specs/weights';
import { why } from './specs/why';

/** In the order of the tabs. */
export const SPECS = {
  flow,
  embeddings,
  attention,
  qkv,
  mlp,
  layernorm,
  residual,
  lens,
  why,
  heads,
  weights,
  decode
};

export type ViewName = keyof typeof SPECS;
export const VIEWS = Object.keys(SPECS) as ViewName[];

type Union = (typeof SPECS)[ViewName]['settings'];
type Intersection<U> = (U extends U ? (each: U) => void : never) extends (all: infer I) => void ? I : never;

/** Every setting of every view, by its name in a link. */
export const VIEW_SETTINGS = Object.assign(
  {},
  ...Object.values(SPECS).map((spec) => spec.settings)
) as Intersection<Union>;

/** The tab of a view, in the language on screen. */
export function labelOf(view: ViewName): string {
  return SPECS[view].label[spoken()];
}

/** The part of the model that a view shows. */
export function partOf(view: ViewName, values: ValuesOf<typeof VIEW_SETTINGS>) {
  const { part } = specOf(view);
  return typeof part === 'string' ? part : part(values);
}

const specOf = (view: ViewName) => SPECS[view] as unknown as ViewSpec<Settings>;

/** Asks a new run for what the picture of the view that is open waits for longest. */
export function askAhead(view: ViewName, run: Run, position: number): void {
  specOf(view).ahead?.(run, position);
}

/** What a lesson can put under a cell: views, and parts of some. */
export const PICTURES: readonly string[] = [...VIEWS, ...VIEWS.flatMap((view) => specOf(view).parts ?? [])];

/** Throws: Error if there is no such picture, or if it cannot be fetched. */
export async function loadPicture(name: string): Promise<Picture> {
  const view = VIEWS.find((each) => each === name || specOf(each).parts?.includes(name));
  if (view === undefined) throw new Error(`picture must be one of ${PICTURES.join(', ')}, got ${name}`);
  const whole = await specOf(view).load();
  return name === view ? whole : whole.parts![name];
}

/** What comes next in run B less in run A. */
export const loadNextTokenDifference = async (): Promise<Picture> =>
  (await import('./reads/differences')).nextTokenDifference;

export * from './decode-columns';
export * from './setting';
export * from './setting-ranges';
export { picture, type Picture, type Reads, type Stage, type ViewSpec } from './spec';
export { COMBINED, FORMS, HEAD_GRIDS, POSITION_0, STAGES, WEIGHED } from './specs/attention';
export { DECODE_PARTS, EARLY_STOPPING, LOSS_MEASURES } from './specs/decode';
export { BLOCK_PARTS, FLOW_ROWS } from './specs/flow';
export { NORMS } from './norms';
export { LENS_ROWS, MEASURES } from './specs/lens';
export { BAR_SCALES } from './specs/residual';
