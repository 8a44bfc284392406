/** What is drawn in an element, as text: its SVGs, and a digest of the calls on each canvas. */
import { createHash } from 'node:crypto';
import { vi } from 'vitest';

const CHANNELS = 4;
const drawings = new WeakMap<HTMLCanvasElement, string[]>();

/** A canvas's context that writes down its calls; each drawing asks for it anew, and the newest is told. */
function contextOf(canvas: HTMLCanvasElement): object {
  const drawn: string[] = [];
  drawings.set(canvas, drawn);
  const say = (name: string, values: readonly unknown[]) =>
    void drawn.push(`${name} ${JSON.stringify(values, (_, item: unknown) => plain(item))}`);
  const special: Readonly<Record<string, unknown>> = {
    canvas,
    putImageData: ({ data }: ImageData, ...at: number[]) => say('putImageData', [digestOf(data), ...at]),
    measureText: (text: string) => ({ width: 6 * text.length })
  };
  return new Proxy(special, {
    get: (_, name) => special[String(name)] ?? ((...given: unknown[]) => say(String(name), given)),
    set: (_, name, value) => {
      say(String(name), [value]);
      return true;
    }
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const digestOf = (data: string | Uint8ClampedArray): string =>
  createHash('sha256').update(data).digest('hex').slice(0, 16);

/** A value that a canvas is given: of another canvas, what is drawn on it. */
function plain(item: unknown): unknown {
  if (typeof item === 'number') return round(item);
  return item instanceof HTMLCanvasElement ? canvasText(item) : item;
}

/** From here on, canvases write down their calls; jsdom draws none. */
export function watchCanvases(): void {
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray;

      constructor(given: Uint8ClampedArray | number, side: number) {
        this.data = typeof given === 'number' ? new Uint8ClampedArray(given * side * CHANNELS) : given;
      }
    }
  );
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement) {
    return contextOf(this);
  } as never;
}

/** Numbers with three digits after the point. */
const shortened = (text: string): string =>
  text.replaceAll(/\d+\.\d{4,}/g, (number) => String(round(Number(number))));

/** SVG as text, one element a line, without what the compiler adds. */
function svgText(svg: Element): string {
  return shortened(svg.outerHTML)
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/\s*svelte-[a-z0-9]+/g, '')
    .replaceAll(/ class=""/g, '')
    .replaceAll(/(?<=["\s]|url\(#|href="#)c\d+(?=[-")\s])/g, 'c') // ids count up from picture to picture
    .replaceAll(/\s*(<(?!\/))/g, '\n$1')
    .trim();
}

/** A part of a picture that is no SVG: its place, size and colour, as they stand in its style. */
const styleText = (element: Element): string =>
  `<${element.localName}> ${shortened(element.getAttribute('style') ?? '')}`;

function canvasText(canvas: HTMLCanvasElement): string {
  const drawn = drawings.get(canvas) ?? [];
  return `<canvas width="${canvas.width}" height="${canvas.height}"> ${drawn.length} steps, ${digestOf(drawn.join('\n'))}`;
}

/** What is drawn in an element, one picture after another; '' if there is none. */
export function drawnIn(element: Element): string {
  const parts = Array.from(element.querySelectorAll('svg, canvas, [style]')).filter(
    (drawing) => !drawing.parentElement?.closest('svg')
  );
  return parts
    .map((drawing) => {
      if (drawing instanceof HTMLCanvasElement) return canvasText(drawing);
      return drawing instanceof SVGElement ? svgText(drawing) : styleText(drawing);
    })
    .map((part) => `${part}\n`)
    .join('');
}

const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklab|oklch|color)\([^)]*\)/gi;
const CANVAS_DIGEST = /(<canvas.*steps), [0-9a-f]+/g;

/** What is drawn, without its colours: the same in each theme. */
export const shapesOf = (drawn: string): string =>
  drawn.replaceAll(COLOUR, 'colour').replaceAll(CANVAS_DIGEST, '$1');
