import { HEAD_HEIGHT, LENS_HEIGHT } from './layout';

/** The room that the window has for Flow's picture above its legend, so that both are seen without scrolling; all in px. */
export class FlowRoom {
  width = $state(960);
  /** Where the picture begins on the page. */
  top = $state(340);
  windowHeight = $state(900);
  legendHeight = $state(84);
  /** CSS zoom of the page around the picture. */
  zoom = $state(1);
  readonly #margin: () => number;

  /** @param margin between picture and legend, and under it */
  constructor(margin: () => number) {
    this.#margin = margin;
  }

  /** For the rows. */
  readonly height = $derived.by(
    () =>
      (this.windowHeight - this.top) / this.zoom -
      HEAD_HEIGHT -
      LENS_HEIGHT -
      this.legendHeight -
      this.#margin()
  );
}
