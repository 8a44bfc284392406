import { elementToSVG } from 'dom-to-svg';
import { embeddedFonts } from './fonts';
import type { FigureTable } from './figure-tables';
import { unrolled } from './unrolled';
import { drawnWhole } from './whole.svelte';

export { pythonCode } from '$lib/gpt2'; // here, so that it is fetched when it is first asked for

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 24; // px around the picture
const FOOT = 20; // px for the link under it
const FOOT_SIZE = 10; // px
const FOOT_FACE = 'sans-serif';
const FOOT_ROOM = 0.9; // of the picture's width: another reader's face may be wider than ours
const SHARPNESS = 2; // pixels of a PNG for one px of the page

/**
 * A picture of the page as an SVG file: title, legend and units as they stand, text as text, on the page's background,
 * with the link under it.
 *
 * Throws: Error where the browser cannot convert it.
 */
export function pictureSvg(root: HTMLElement, link: string): Promise<SVGSVGElement> {
  return drawnWhole(() => unrolled(root, () => framed(root, link)));
}

function framed(root: HTMLElement, link: string): SVGSVGElement {
  const { documentElement: inner } = withoutFaces(() => elementToSVG(root));
  const { width, height } = extentOf(root);
  const whole = [width + 2 * MARGIN, height + 2 * MARGIN + FOOT];
  const { backgroundColor, color } = getComputedStyle(document.body);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('xmlns', SVG);
  svg.setAttribute('width', String(whole[0]));
  svg.setAttribute('height', String(whole[1]));
  svg.setAttribute('viewBox', `0 0 ${whole[0]} ${whole[1]}`);
  const paper = document.createElementNS(SVG, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', backgroundColor);
  const picture = document.importNode(inner, true);
  picture.setAttribute('x', String(MARGIN));
  picture.setAttribute('y', String(MARGIN));
  picture.setAttribute('width', String(width));
  picture.setAttribute('height', String(height));
  tidy(picture);
  const box = root.getBoundingClientRect();
  picture.setAttribute('viewBox', `${box.x} ${box.y} ${width} ${height}`);
  const foot = document.createElementNS(SVG, 'text');
  foot.setAttribute('x', String(MARGIN));
  foot.setAttribute('y', String(whole[1] - MARGIN / 2));
  foot.setAttribute('font-size', String(FOOT_SIZE));
  foot.setAttribute('font-family', FOOT_FACE);
  foot.setAttribute('fill', color);
  foot.setAttribute('fill-opacity', '0.7');
  foot.textContent = cutTo(FOOT_ROOM * width, link);
  svg.append(paper, picture, foot);
  return svg;
}

/**
 * Runs the conversion so that it finds no faces in the page's styles. It would write them, with this page's address, into
 * a style element: of no use in a file, and refused by the page's policy.
 */
function withoutFaces<T>(convert: () => T): T {
  Object.defineProperty(document, 'styleSheets', { value: [], configurable: true });
  try {
    return convert();
  } finally {
    Reflect.deleteProperty(document, 'styleSheets'); // the document's own getter is there again
  }
}

/** A link as it fits a width in px; one that is cut still says where it came from. */
function cutTo(width: number, link: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return link;
  context.font = `${FOOT_SIZE}px ${FOOT_FACE}`;
  const share = width / context.measureText(link).width;
  return share < 1 ? `${link.slice(0, Math.floor(share * link.length) - 1)}…` : link;
}

/** Drops what holds nothing, and keeps the edge of a letter under it: the conversion does neither. */
function tidy(picture: Element): void {
  for (const text of picture.querySelectorAll('text')) {
    if (!text.textContent?.trim()) text.remove();
    else if (text.hasAttribute('stroke')) text.setAttribute('paint-order', 'stroke');
  }
}

/** Width and height of an element with all that stands open in it, px. */
function extentOf(root: HTMLElement): { width: number; height: number } {
  return { width: Math.ceil(root.scrollWidth), height: Math.ceil(root.scrollHeight) };
}

/** The text of an SVG file. */
export function svgText(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

/**
 * An SVG as PNG, two pixels a px. The page's faces are put into it, since an image on its own has none of them.
 *
 * Throws: Error where the browser cannot draw it.
 */
export async function svgPng(svg: SVGSVGElement): Promise<Blob> {
  const style = document.createElementNS(SVG, 'style');
  style.textContent = await embeddedFonts();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.prepend(style);
  const url = URL.createObjectURL(new Blob([svgText(copy)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SHARPNESS * Number(svg.getAttribute('width'));
    canvas.height = SHARPNESS * Number(svg.getAttribute('height'));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no image'))), 'image/png')
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Tables as one JSON text: where they are from, and every number with all its digits. */
export function tablesJson(title: string, link: string, tables: readonly FigureTable[]): string {
  const plain = tables.map(({ caption, columns, rows }) => ({ caption, columns, rows }));
  return `${JSON.stringify({ title, link, tables: plain }, null, 1)}\n`;
}
