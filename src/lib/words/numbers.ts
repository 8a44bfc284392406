const grouped = new Intl.NumberFormat('en-US');
const english = new Intl.PluralRules('en');

/** A count as both languages write it: "50,257". */
export function integer(count: number): string {
  return grouped.format(count);
}

/** The English form that goes with a count: `plural(1, { one: 'row', other: 'rows' })`. Chinese has one form. */
export function plural(count: number, forms: { one: string; other: string }): string {
  return english.select(count) === 'one' ? forms.one : forms.other;
}

/** A count with its noun: "1 row", "1,024 rows". */
export function counted(count: number, forms: { one: string; other: string }): string {
  return `${integer(count)} ${plural(count, forms)}`;
}
