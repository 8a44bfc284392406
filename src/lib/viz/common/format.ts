/**
 * How numbers are written in pictures: every format of a number stands here, so that they agree. A minus is "−"
 * everywhere, in exponents too.
 */
import { format } from 'd3';

const PERCENT = 100;
const EXPONENTIAL_BELOW = 1e-6; // percent
const TWO_DIGITS_BELOW = 1; // percent
const NEARLY_CERTAIN = 99.9; // percent; from here the distance to 100 is what differs
const MOST_DECIMALS = 6; // of a percentage in float64; 1 − p comes from logits in float32, with two digits or more
const MOST_WEIGHT_DECIMALS = 4; // of one in float32: a softmax there is right within 1e-7, 0.00001 %

const significant = format('.4r');
const exponential = withMinus(format('.3e'));
const grouped = format(',.0f');
const short = format(',.3~r');
const shortExponential = withMinus(format('.2~e'));
const thousands = format('~s');
const SMALLEST_PLAIN = 1e-3;
const LARGEST_ROUNDED = 1000;

/** d3 writes a true minus before a number, but not before its exponent. */
function withMinus(write: (x: number) => string): (x: number) => string {
  return (x) => write(x).replace('e-', 'e−');
}

/** NaN and the infinities in words a reader knows; undefined for every other number. */
function notFinite(x: number): string | undefined {
  if (Number.isNaN(x)) return 'NaN';
  if (x === Infinity) return '∞';
  return x === -Infinity ? '−∞' : undefined;
}

/** Near 100 %: as many decimals as keep two digits of what is missing, so that only 1 reads "100 %". */
function nearlyCertain(percent: number, most: number): string {
  const missing = PERCENT - percent;
  const decimals = Math.min(most, 1 - Math.floor(Math.log10(missing)));
  const text = percent.toFixed(decimals);
  return Number(text) < PERCENT ? text : `> 99.${'9'.repeat(most)}`;
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Below a millionth of a percent, as it is written by hand: "2.1 × 10⁻⁷". */
function powerOfTen(percent: number): string {
  const [digits, exponent] = percent.toExponential(1).split('e');
  return `${digits} × ${raised(exponent)}`;
}

/** Ten to a power: "10⁻⁷". */
function raised(exponent: string): string {
  return `10${[...exponent].map((one) => (one === '-' ? '⁻' : SUPERSCRIPT[Number(one)])).join('')}`;
}

/** Two digits, without an exponent: 0.000095. */
const twoDigits = (percent: number): string =>
  percent.toFixed(Math.max(0, 1 - Math.floor(Math.log10(percent))));

/**
 * A probability as a percentage with its real digits, however small: "32.4 %", "0.95 %", "0.000095 %", "2.1 × 10⁻⁷ %".
 * Never "< 0.01 %". A softmax may sum to slightly above 1 in float32; what is above 1 reads "100 %".
 */
export function formatProbability(p: number): string {
  return percentage(p, MOST_DECIMALS);
}

/** A probability or share that was computed in float32, such as a weight of attention: near 100 % it has fewer digits. */
export function formatWeight(p: number): string {
  return percentage(p, MOST_WEIGHT_DECIMALS);
}

/** A change of a probability or share, in percentage points, with its sign: "+0.00013", "−4.4". */
export function formatPoints(change: number): string {
  const size = formatProbability(Math.abs(change)).replace(/ %$/, '');
  return change === 0 ? size : `${change < 0 ? '−' : '+'}${size}`;
}

/** A probability under an axis, as a percentage: "20 %", "0.0001 %", "10⁻⁷ %". */
export function percentLabel(p: number): string {
  const percent = p * PERCENT;
  if (percent === 0 || percent >= EXPONENTIAL_BELOW) return `${short(percent)} %`;
  return `${raised(percent.toExponential(0).split('e')[1])} %`;
}

/** A probability in so many letters at most: near 1 ">99.9 %"; "" where that is not enough, as of "0.000095 %". */
export function formatProbabilityIn(p: number, letters: number): string {
  const full = formatProbability(p);
  if (full.length <= letters) return full;
  return p > NEARLY_CERTAIN / PERCENT && NEARLY.length <= letters ? NEARLY : '';
}

const NEARLY = `>${NEARLY_CERTAIN} %`;

function percentage(p: number, mostDecimals: number): string {
  const word = notFinite(p);
  if (word !== undefined) return word;
  const percent = p * PERCENT;
  if (percent === 0) return '0 %';
  if (percent >= PERCENT) return '100 %';
  if (percent > NEARLY_CERTAIN) return `${nearlyCertain(percent, mostDecimals)} %`;
  if (percent >= TWO_DIGITS_BELOW) return `${percent.toFixed(1)} %`;
  return `${percent >= EXPONENTIAL_BELOW ? twoDigits(percent) : powerOfTen(percent)} %`;
}

/**
 * A value of a tensor with 4 significant digits and a true minus sign, for tabular figures: "3.142", "−0.1000",
 * "1.234e−5". From 1,000 up every digit before the point is kept: "50,257".
 */
export function formatNumber(x: number): string {
  const word = notFinite(x);
  if (word !== undefined) return word;
  const size = Math.abs(x);
  if (size === 0) return '0';
  if (size >= LARGEST_ROUNDED) return grouped(x);
  return size < SMALLEST_PLAIN ? exponential(x) : significant(x);
}

/** A change or what is added: as `formatNumber`, with its sign before it: "+3.142". */
export function formatSigned(x: number): string {
  return (x > 0 ? '+' : '') + formatNumber(x);
}

/** A number short enough to stand under a ramp or an axis: 3 significant digits, "50,257", "−0.25", "1.5e−5". */
export function tickLabel(x: number): string {
  const size = Math.abs(x);
  if (size === 0) return '0';
  if (size >= LARGEST_ROUNDED) return grouped(x);
  return size < SMALLEST_PLAIN ? shortExponential(x) : short(x);
}

/** A power of ten as short as can be: "100", "10k". */
export function powerLabel(x: number): string {
  return thousands(x);
}

/** With so many places after the point; what rounds to 0 has no sign. */
export function formatFixed(x: number, places: number): string {
  return notFinite(x) ?? format(`.${places}f`)(Number(x.toFixed(places)) || 0);
}

/** A count: "50,257", "−3". */
export function formatInteger(x: number): string {
  return notFinite(x) ?? grouped(x);
}

const LEAST_DIGITS = 4; // significant digits of the largest term
const MOST_DIGITS = 7; // significant digits of the largest term: float32 carries no more
const MOST_STRETCH_PLACES = 12; // a double near 1 has 15 digits
const EXACT = 1e-9; // of one unit of the last place written

/**
 * A sum whose written numbers add up: "1.250 − 0.500 = 0.750". It has four significant digits of the largest number,
 * and up to seven, which is what float32 carries, where rounding would make the written terms miss the written sum; "≈"
 * where these do not help.
 */
export function formatSum(terms: readonly number[], sum: number): string {
  const all = [...terms, sum];
  const strange = all.find((x) => !Number.isFinite(x)) !== undefined;
  const largest = Math.max(...all.map(Math.abs));
  const power = Number.isFinite(largest) && largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  const most = Math.max(0, MOST_DIGITS - 1 - power);
  let places = Math.max(0, LEAST_DIGITS - 1 - power);
  const round = (x: number) => Math.round(x * 10 ** places);
  const adds = () => Math.abs(terms.reduce((total, x) => total + round(x), 0) - round(sum)) < EXACT;
  while (!strange && !adds() && places < most) places++;
  const write = (x: number) => formatFixed(x, places);
  const [first, ...others] = terms;
  const signed = others.map((x) => (x < 0 ? `− ${write(-x)}` : `+ ${write(x)}`));
  return `${[write(first), ...signed].join(' ')} ${strange || adds() ? '=' : '≈'} ${write(sum)}`;
}

/**
 * The ends of a stretch and a value inside it, with as many places as tell them apart: four at least.
 */
export function formatStretch(from: number, value: number, to: number): [string, string, string] {
  let places = LEAST_DIGITS;
  const texts = (): [string, string, string] => [
    from.toFixed(places),
    value.toFixed(places),
    to.toFixed(places)
  ];
  const areApart = ([low, inside, high]: string[]) =>
    low !== high && inside !== high && Number(low) <= Number(inside);
  while (!areApart(texts()) && places < MOST_STRETCH_PLACES) places++;
  return texts();
}

/** A term of a softmax, its row's highest score subtracted: "e^(0.8530 − 1.200)", "e^(−2.000 + 1.000)". */
export function shiftedPower(score: number, highest: number): string {
  const shift = highest < 0 ? `+ ${formatNumber(-highest)}` : `− ${formatNumber(highest)}`;
  return `e^(${formatNumber(score)} ${shift})`;
}
