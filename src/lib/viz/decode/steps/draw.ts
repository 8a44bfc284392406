/** A stretch of the cumulative bar: one token, or several neighbours too narrow to be seen alone. */
export interface DrawSegment {
  /** Null: several tokens. */
  readonly id: number | null;
  /** Tokens of a probability above 0 in it. */
  readonly count: number;
  /** Where it lies on the bar from 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** Px. */
  readonly x: number;
  readonly width: number;
}

export interface DrawBarLayout {
  readonly segments: readonly DrawSegment[];
  /** Place of the pointer, px. */
  readonly pointer: number;
  /** The part of 0 to 1 that the bar shows. */
  readonly window: readonly [number, number];
}

const LEAST_SEGMENT = 3; // px
/** Share of a close-up that the chosen token takes. */
const CHOSEN_SHARE = 0.2;

/** Where a token lies when the probabilities stand end to end by id. */
export function stretchOf(probabilities: ArrayLike<number>, id: number): [number, number] {
  let from = 0;
  for (let other = 0; other < id; other++) from += probabilities[other];
  return [from, from + probabilities[id]];
}

/** The window of a close-up, so that the chosen token can be seen: within 0 to 1. */
export function closeUp([from, to]: readonly [number, number]): [number, number] {
  const width = Math.min(1, (to - from) / CHOSEN_SHARE);
  const start = Math.min(1 - width, Math.max(0, (from + to) / 2 - width / 2));
  return [start, start + width];
}

/**
 * Lays the probabilities end to end in the order of their ids, as the draw does: the chosen token is the one that the
 * pointer falls on. Neighbours that would be narrower than 3 px are joined; the chosen token never is.
 *
 * Shapes: probabilities [vocab_size], adding up to 1.  Units: px.
 */
export function layoutDraw(
  probabilities: ArrayLike<number>,
  { draw, chosen }: { draw: number; chosen: number },
  width: number,
  window: readonly [number, number] = [0, 1]
): DrawBarLayout {
  const [low, high] = window;
  const px = (at: number) => ((at - low) / (high - low)) * width;
  const segment = (id: number | null, count: number, from: number, to: number): DrawSegment => {
    const x = px(Math.max(low, from));
    return { id, count, from, to, x, width: px(Math.min(high, to)) - x };
  };
  const segments: DrawSegment[] = [];
  const joined = { count: 0, from: 0, to: 0 };
  const flush = () => {
    if (joined.count > 0) segments.push(segment(null, joined.count, joined.from, joined.to));
    joined.count = 0;
  };
  let reached = 0;
  for (let id = 0; id < probabilities.length && reached < high; id++) {
    if (probabilities[id] === 0) continue;
    const from = reached;
    reached += probabilities[id];
    if (reached <= low) continue;
    if (id === chosen || px(reached) - px(from) >= LEAST_SEGMENT) {
      flush();
      segments.push(segment(id, 1, from, reached));
    } else {
      if (joined.count === 0) joined.from = from;
      joined.to = reached;
      joined.count++;
    }
  }
  flush();
  return { segments, pointer: px(draw), window };
}
