const grouped = new Intl.NumberFormat('en-US');
const english = new Intl.PluralRules('en');

/** A count as both languages write it: "50,257". */
export function integer(count: number): string {
  return grouped.format(count);
}

/** A measure to three digits: "0.316", "1.25e-7". */
export function threeDigits(value: number): string {
  return value.toPrecision(3);
}

/** The English form that goes with a count: `plural(1, { one: 'row', other: 'rows' })`. Chinese has one form. */
export function plural(count: number, forms: { one: string; other: string }): string {
  return english.select(count) === 'one' ? forms.one : forms.other;
}

/** A count with its noun: "1 row", "1,024 rows". */
export function counted(count: number, forms: { one: string; other: string }): string {
  return `${integer(count)} ${plural(count, forms)}`;
}
