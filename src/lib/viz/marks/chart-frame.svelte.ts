import { scaleLinear, type ScaleContinuousNumeric } from 'd3';
import { createContext } from 'svelte';

/** A d3 scale from numbers to px. */
export type ChartScale = ScaleContinuousNumeric<number, number>;

/** Where a chart's marks are drawn: the plot, and the scales that place values in it. */
export interface ChartFrame {
  /** Of the plot, px. */
  readonly width: number;
  readonly height: number;
  /** From the plot's left edge, px. */
  readonly x: ChartScale;
  /** From its top edge, px: the domain's first value is at the bottom. */
  readonly y: ChartScale;
}

/** What a chart is given: of the scales, only the domain counts. */
export interface ChartRoom {
  readonly width: number;
  readonly height: number;
  readonly x?: ChartScale;
  readonly y?: ChartScale;
}

/** The plot that a mark stands in, and how a plot gives itself to its marks. */
export const [chartFrame, giveChartFrame] = createContext<ChartFrame>();

/** Gives scales their px, and follows the room when it changes. */
export function fitFrame(room: () => ChartRoom): ChartFrame {
  const x = $derived((room().x ?? scaleLinear()).copy().range([0, room().width]));
  const y = $derived((room().y ?? scaleLinear()).copy().range([room().height, 0]));
  return {
    get width() {
      return room().width;
    },
    get height() {
      return room().height;
    },
    get x() {
      return x;
    },
    get y() {
      return y;
    }
  };
}
