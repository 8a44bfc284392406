import { LEAST_ROWS, MOST_ROWS } from './bands';
import { HEAD_HEIGHT, LENS_HEIGHT, ROW_HEIGHT } from './layout';

const FAR_DOWN = 0.7; // of the window's height
const DOCK = 46; // px of the prediction's bar at the window's bottom, for a projector

/** The room that the window has for Flow's picture above its legend, so that both are seen without scrolling; all in px. */
export class FlowRoom {
  width = $state(960);
  /** Where the picture begins on the page. */
  top = $state(340);
  windowHeight = $state(900);
  legendHeight = $state(84);
  /** CSS zoom of the page around the picture. */
  zoom = $state(1);
  readonly #margin: number;
  readonly #isBare: () => boolean;

  /** @param margin between picture and legend, and under it  @param isBare the page is shown on a projector */
  constructor(margin: number, isBare: () => boolean) {
    this.#margin = margin;
    this.#isBare = isBare;
  }

  /** What stands above it in the window; nothing if it begins far down, as in a lesson: it is scrolled to. */
  readonly #above = $derived(this.top < FAR_DOWN * this.windowHeight ? this.top : 0);

  /** For the rows, if the legend is not in the window. */
  readonly #alone = $derived.by(
    () =>
      (this.windowHeight - this.#above) / this.zoom - HEAD_HEIGHT - LENS_HEIGHT - (this.#isBare() ? DOCK : 0)
  );

  /** For the rows. */
  readonly height = $derived.by(() => this.#alone - this.legendHeight - this.#margin);

  /**
   * The most rows for a prompt: one a token where the picture itself has room for them; else as many as leave its legend
   * in the window, too.
   */
  rowsFor(T: number): number {
    const fitting = (px: number): number =>
      Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(px / ROW_HEIGHT.least)));
    return T <= fitting(this.#alone) ? T : fitting(this.height);
  }
}
