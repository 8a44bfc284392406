import { optionalContext } from './optional-context';

/** Tables that the reader has opened, or closed where they are open at first, by their names: they stand in the link. */
export interface ToggledTables {
  readonly names: readonly string[];
  toggle(name: string): void;
}

/** Of the page around a table; where there is none, a table remembers by itself whether it is open. */
export const [toggledTables, giveToggledTables] = optionalContext<ToggledTables>();
