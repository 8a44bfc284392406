import type { LensCell } from './types';

/** Where an arrow key, Home or End moves to in the table (top row = output); null for any other key. */
export function moveInGrid(key: string, cell: LensCell, n_layer: number, T: number): LensCell | null {
  const { depth, position } = cell;
  const moves: Record<string, LensCell> = {
    ArrowUp: { depth: Math.min(n_layer, depth + 1), position },
    ArrowDown: { depth: Math.max(0, depth - 1), position },
    ArrowLeft: { depth, position: Math.max(0, position - 1) },
    ArrowRight: { depth, position: Math.min(T - 1, position + 1) },
    Home: { depth, position: 0 },
    End: { depth, position: T - 1 }
  };
  return moves[key] ?? null;
}
