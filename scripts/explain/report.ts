/** A report as lines for a reader: numbers and lists of numbers under their names, grids row by row. */
export function summarise(report: object): string {
  return lines(report, '').join('\n');
}

const DIGITS = 4;

function lines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => arrayLine(one, indent));
  if (typeof value !== 'object' || value === null) return [indent + shown(value)];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner !== 'object' || inner === null) return [`${indent}${name}: ${shown(inner)}`];
    return [`${indent}${name}`, ...lines(inner, `${indent}  `)];
  });
}

/** An object of plain values, or a list of them, on one line. */
function arrayLine(value: unknown, indent: string): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [indent + value.map(shown).join('  ')];
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one !== 'object')
  )
    return [indent + Object.values(value).map(shown).join('  ')];
  return lines(value, indent);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(DIGITS);
  return typeof value === 'string' && /^\s|\s$/.test(value) ? JSON.stringify(value) : String(value);
}
