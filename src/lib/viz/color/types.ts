/** Light or dark: which of the two palettes a picture is drawn with. */
export type Theme = 'light' | 'dark';

/** What a colour means: a part of the model, a probability, or one head of a block (both counted from 0). */
export type Hue = 'attn' | 'mlp' | 'prob' | 'stream' | 'run-b' | { head: number; n_head: number };

/** One labelled place on a legend's ramp. */
export interface LegendTick {
  /** Place on the ramp, 0 (left) to 1 (right). */
  readonly at: number;
  /** The value whose colour lies there. */
  readonly label: string;
}

/** What a reader needs to turn a colour back into a number. */
export interface ScaleLegend {
  /** Evenly spaced colours from the left end of the ramp to the right. */
  readonly gradient: string[];
  readonly ticks: LegendTick[];
  readonly unit: string;
}

/** Numbers to colours, with the legend that explains them. */
export interface ColorScale {
  /** CSS colour of a value; NaN → the NaN red, −Infinity → the neutral "masked" colour, +Infinity → the upper end. */
  color(value: number): string;
  /** Ink that has at least 4.5:1 on `color(value)`. */
  text(value: number): string;
  /** Whether values below zero have a hue of their own, so that without colours they need another mark. */
  readonly signed: boolean;
  readonly legend: ScaleLegend;
}
