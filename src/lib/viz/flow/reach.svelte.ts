import { pointerIn } from '../common';
import { bandOf, type FlowBand } from './bands';
import { flowGrid, isSamePart, moveCursor, partAt, type FlowCursor, type FlowGrid } from './cursor';
import { columnOf, type FlowGeometry, type PlacedLink } from './layout';
import { nearestPart } from './nearest';
import type { FlowLink, FlowPart } from './types';

/** A picture of rows and blocks, as pointer and keys reach its parts. */
export interface ReachHost {
  readonly geometry: FlowGeometry;
  readonly bands: readonly FlowBand[];
  /** The selected row. */
  readonly position: number;
  /** Every link that is drawn. */
  readonly links: readonly FlowLink[];
  readonly placed: readonly PlacedLink[];
  /** Straight links of the other rows. */
  readonly straight: readonly PlacedLink[];
  /** Each depth has a lens token under it. */
  readonly hasLens: boolean;
  /** Where the lens's row begins, px. */
  readonly lensTop: number;
  /** What is pointed at. */
  readonly part: FlowPart | null;
  onpart(part: FlowPart | null, at: { x: number; y: number }): void;
  /** Enter, on a part. */
  onchoose(part: FlowPart): void;
  /** Space, on a part of a row. */
  onselect(position: number): void;
}

/** Where the keys stand in a picture, and what the pointer is on. */
export class Reach {
  readonly #host: ReachHost;
  /** Where the keys stand, and of which selected row; null: at its beginning. */
  #moved = $state.raw<{ readonly of: number; readonly cursor: FlowCursor } | null>(null);

  constructor(host: ReachHost) {
    this.#host = host;
  }

  readonly selected = $derived.by(() => bandOf(this.#host.bands, this.#host.position));

  readonly #grid = $derived.by((): FlowGrid => {
    const { bands, geometry, links, hasLens } = this.#host;
    return flowGrid({
      n_layer: geometry.blocks.length,
      bands,
      links,
      hasLens
    });
  });

  get #cursor(): FlowCursor {
    return this.#moved?.of === this.#host.position
      ? this.#moved.cursor
      : { column: 0, row: this.selected, item: 0 };
  }

  /** The part at a point of the picture. */
  at(x: number, y: number): FlowPart | null {
    const { geometry, bands, placed, straight, lensTop } = this.#host;
    return nearestPart({ x, y }, { geometry, bands, placed, faint: straight, lensTop });
  }

  /** The card comes where the pointer enters a part, and stands still until it leaves it. */
  readonly onpointermove = (event: PointerEvent): void => {
    const at = pointerIn(event);
    const next = this.at(at.x, at.y);
    if (!isSamePart(next, this.#host.part)) this.#host.onpart(next, at);
  };

  readonly leave = (): void => this.#host.onpart(null, { x: 0, y: 0 });

  readonly onfocus = ({ currentTarget }: { readonly currentTarget: Element }): void => {
    if (currentTarget.matches(':focus-visible')) this.#show(this.#cursor);
  };

  readonly onkeydown = (event: KeyboardEvent): void => {
    const current = partAt(this.#grid, this.#cursor);
    const next = moveCursor(event.key, this.#cursor, this.#grid);
    const isChosen = event.key === 'Enter' || event.key === ' ';
    if (!next && !isChosen) return;
    event.preventDefault();
    if (next) {
      this.#moved = { of: this.#host.position, cursor: next };
      this.#show(next);
    } else if (current && event.key === 'Enter') this.#host.onchoose(current);
    else if (current && current.kind !== 'lens') this.#host.onselect(current.position);
  };

  #show(cursor: FlowCursor): void {
    const { geometry, lensTop } = this.#host;
    const part = partAt(this.#grid, cursor);
    const { x, width } = columnOf(geometry, cursor.column);
    const y = part && part.kind !== 'lens' ? geometry.y(part.position) : lensTop;
    this.#host.onpart(part, { x: x + width / 2, y });
  }
}
