import type { Vocabulary } from '$lib/gpt2';
import type { Explorer, PositionRange, Run, Selection, Shown } from '$lib/state';
import type { MapPart, Theme } from '$lib/viz';
import type { Language } from '$lib/words';
import type { Component, Snippet } from 'svelte';
import type { Settings, ValuesOf } from './setting';

/** All that the page knows of a view before it is opened; this much of each view is in the page's first script. */
export interface ViewSpec<S extends Settings = Settings> {
  /** Its tab, in each language. */
  readonly label: Readonly<Record<Language, string>>;
  /** The part of the model that it shows, which the map marks. */
  readonly part: MapPart | ((values: ValuesOf<S>) => MapPart);
  /** What a reader can change in it; each stands in the link. A setting belongs to one view, and any view may read it. */
  readonly settings: S;
  /** Parts of its picture that a lesson can draw alone, by name. */
  readonly parts?: readonly string[];
  /** Asks a new run for what its picture waits for longest, so that it is computed while the page draws the rest. */
  readonly ahead?: (run: Run, position: number) => void;
  /** Its picture; fetched when the view is first opened. */
  readonly load: () => Promise<Picture>;
}

/** What a picture can read, and change. */
export interface Stage {
  /** The page's state, by its parts. */
  readonly explorer: Explorer;
  /** What is selected and set: `selection.layer`, `selection.view.<setting>`. */
  readonly selection: Selection;
  readonly run: Run;
  /** Run B where B − A is shown: `run` is then A. */
  readonly beside: Run | null;
  readonly vocabulary: Vocabulary;
  readonly theme: Theme;
  /** Changes settings and the selection: `show({ layer: 3 })`. */
  show(change: Shown): void;
  /** Positions, or layers of small maps, that this picture has in sight, as it says by `see`; none until it is drawn. */
  readonly range: PositionRange;
  see(range: PositionRange): void;
  /** It has the page to itself, and other views can be opened from it; not in a lesson or inside another picture. */
  readonly whole: boolean;
  openView(view: string): void;
  /** Draws a part of this picture, or another view, by its name. */
  readonly inner: Snippet<[name: string]>;
}

/** A component, and where its props come from. */
export interface Picture {
  readonly View: Component<Record<string, unknown>>;
  readonly reads: Readonly<Record<string, (stage: Stage) => unknown>>;
  readonly hears: (stage: Stage) => object;
  /** Nothing is drawn before this is true. */
  readonly isReady?: (stage: Stage) => boolean;
  /** It draws run A, whichever run the views show. */
  readonly isOfA?: boolean;
  /** Computes what is missing; called again when what it reads changes. */
  readonly sync?: (stage: Stage) => void;
  /** Pictures that it draws inside itself, and that a lesson can draw alone. */
  readonly parts?: Readonly<Record<string, Picture>>;
  /** What stands below it, where it has the page to itself. */
  readonly below?: Below;
  /** Run B less run A, in this picture's place; without it, the picture shows A. Fetched when B − A is first shown. */
  readonly difference?: () => Promise<Picture>;
}

export interface Below {
  readonly label: () => string;
  readonly picture: Picture;
  /** Whether the picture above is on screen: nobody should wait for what stands further down. */
  readonly isNext: (stage: Stage) => boolean;
}

type Handler = `on${string}`;

/** One line a prop, each evaluated by itself: a picture follows what that line reads, and nothing else. */
export type Reads<Props> = {
  readonly [Prop in keyof Props as Prop extends Handler ? never : Prop]: (stage: Stage) => Props[Prop];
};

/** The props that begin with `on`: what a picture says. */
export type Hears<Props> = {
  readonly [Prop in keyof Props as Prop extends Handler ? Prop : never]: Props[Prop];
};

type Others = Pick<Picture, 'isReady' | 'isOfA' | 'sync' | 'parts' | 'below' | 'difference'>;

/** Connects a component to the page; TypeScript holds each line to the component's prop. */
export function picture<Props extends object>(
  View: Component<Props>,
  reads: Reads<Props>,
  hears: (stage: Stage) => Hears<Props>,
  others: Others = {}
): Picture {
  return { View: View as unknown as Picture['View'], reads, hears, ...others };
}
