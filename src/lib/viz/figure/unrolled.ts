/**
 * A picture on the page made ready for saving: what scrolls stands open, canvases are images, controls are away.
 * Everything is put back afterwards. A picture has no ::before and no ::after: the conversion would hide them by a style
 * element, which the page's policy refuses.
 */

const LEFT_OUT = '.controls, details, .take-away, .how-to-read, .visually-hidden';
const PLACED = ['position', 'left', 'top', 'width', 'height', 'margin', 'transform', 'display'] as const;

/** Sets styles, and says how to put them back. */
function restyle(element: HTMLElement | SVGElement, styles: Record<string, string>): () => void {
  const before = element.style.cssText;
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
  return () => (element.style.cssText = before);
}

/** An image in a canvas's place; forms that convert pages know images, not canvases. */
async function standIn(canvas: HTMLCanvasElement): Promise<() => void> {
  const image = document.createElement('img');
  const style = getComputedStyle(canvas);
  for (const name of PLACED) image.style.setProperty(name, style.getPropertyValue(name));
  image.alt = '';
  image.src = canvas.toDataURL();
  await image.decode();
  canvas.after(image);
  const show = restyle(canvas, { display: 'none' });
  return () => {
    image.remove();
    show();
  };
}

/** Runs `work` on a picture that stands whole and without its controls. */
export async function unrolled<T>(root: HTMLElement, work: () => T | Promise<T>): Promise<T> {
  const undo: (() => void)[] = [];
  try {
    for (const each of root.querySelectorAll<HTMLElement>(LEFT_OUT))
      undo.push(restyle(each, { display: 'none' }));
    for (const each of root.querySelectorAll<HTMLElement>('*')) {
      if (!/auto|scroll/.test(getComputedStyle(each).overflow)) continue;
      undo.push(restyle(each, { overflow: 'visible', 'max-height': 'none', 'max-width': 'none' }));
    }
    for (const canvas of root.querySelectorAll('canvas')) {
      if (canvas.width > 0 && canvas.height > 0) undo.push(await standIn(canvas));
    }
    return await work();
  } finally {
    undo.reverse().forEach((each) => each());
  }
}
