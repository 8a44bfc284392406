import { linkWords as words } from '$lib/words';
import type { Range } from './setting-ranges';

/**
 * One setting of the page: what it is at first, and how a link spells it. `parse(format(value))` equals `value`.
 */
export interface Setting<T> extends Field<T> {
  readonly default: T;
  /** For an index: how many there are in a model and a prompt. One that is not there goes back to its default. */
  readonly count?: (limits: Limits) => number;
}

export interface Field<T> {
  /** Throws Refused if the text is not such a value. */
  parse(text: string): T;
  format(value: T): string;
  /** The values it takes, where a list or a range says it: for property tests. */
  readonly values?: readonly T[];
  readonly range?: Range & { readonly whole: boolean };
}

/** Settings by the names that a link uses. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of some settings. */
export type ValuesOf<S> = {
  -readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** What a model and a prompt allow. */
export interface Limits {
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_inner: number;
  readonly vocab_size: number;
  /** Tokens of the prompt. */
  readonly T: number;
  /** Tokens that decoding has added to it. */
  readonly generated: number;
}

/** What a read value may be refused with, in words for the page. */
export class Refused extends Error {
  constructor(readonly expected: () => string) {
    super();
  }
}

const LARGEST_INDEX = 1_000_000;

export function setting<T>(field: Field<T>, initial: T): Setting<T> {
  return { ...field, default: initial };
}

/** A setting that is unset at first; unset is what a missing parameter means. */
export function optional<T>(field: Field<T>, count?: (limits: Limits) => number): Setting<T | null> {
  return {
    parse: (text) => field.parse(text),
    format: (value) => (value === null ? '' : field.format(value)),
    values: field.values,
    range: field.range,
    default: null,
    count
  };
}

export function wholeNumber(min: number, max: number): Field<number> {
  return {
    range: { min, max, whole: true },
    parse(text) {
      const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
      if (!(value >= min && value <= max)) throw new Refused(() => words.wholeNumber(min, max));
      return value;
    },
    format: String
  };
}

export function decimal({ min, max }: Range): Field<number> {
  return {
    range: { min, max, whole: false },
    parse(text) {
      const value = /^\d{0,4}(\.\d{1,6})?$/.test(text) && text !== '' ? Number(text) : NaN;
      if (!(value >= min && value <= max)) throw new Refused(() => words.number(min, max));
      return value;
    },
    format: String
  };
}

export function oneOf<const T extends string>(allowed: readonly T[]): Field<T> {
  return {
    values: allowed,
    parse(text) {
      const found = allowed.find((value) => value === text);
      if (found === undefined) throw new Refused(() => words.oneOf(allowed));
      return found;
    },
    format: (value) => value
  };
}

export const flag: Field<boolean> = {
  values: [false, true],
  parse(text) {
    if (text !== '0' && text !== '1') throw new Refused(() => words.flag);
    return text === '1';
  },
  format: (value) => (value ? '1' : '0')
};

/** A position, layer, head, component or token id. */
export const index = wholeNumber(0, LARGEST_INDEX);

export const idList: Field<readonly number[]> = {
  parse: (value) => value.split('.').map((id) => index.parse(id)),
  format: (ids) => ids.join('.')
};
