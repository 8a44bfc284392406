import { inLanguage } from '../spoken.svelte';

/** Parts of the views that show one position's vectors: the choice of a position, strips and rows of components. */
export const vectorWords = inLanguage('vectorWords', {
  position: 'position',
  query: 'query',
  key: 'key',
  /** What is chosen is `position`, `query` or `key`. */
  chosen: (what: string, position: number, token: string) => `${what}: ${position}, ${token}`,
  previous: (what: string) => `previous ${what}`,
  next: (what: string) => `next ${what}`,
  positionOf: (position: number, token: string) => `position ${position}: ${token}`,

  component: 'component',
  componentOf: (vector: string) => `${vector}: component`,
  noComponent: (components: number) => `no component chosen of ${components}`,
  componentIs: (component: number, value: string) => `component ${component}: ${value}`,
  values: (vector: string, count: number) => `${vector}: ${count} values`,
  valuesBetween: (vector: string, count: number, extent: string) =>
    `${vector}: ${count} values between ±${extent}`
});
