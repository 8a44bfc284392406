/** How many tokens are added, what became of it, and what adds and takes them away. */
export interface StepButtonsProps {
  /** A step or a run is under way. */
  busy: boolean;
  /** A run is under way, which can be cancelled. */
  running: boolean;
  ended: 'eos' | 'full' | null;
  /** Tokens one run adds. */
  count: number;
  mostCount: number;
  /** Tokens of the newest run, and the time they took. */
  tokens: number;
  milliseconds: number;
  onstep: () => void;
  onrun: () => void;
  oncancel: () => void;
  onundo: () => void;
  onrestart: () => void;
  onopen: () => void;
  oncount: (count: number) => void;
}
