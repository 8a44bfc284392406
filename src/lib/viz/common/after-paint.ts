/** Calls back once what the page shows now has come on screen; the result calls it off. */
export function afterPaint(callback: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(callback); // the first one is called before its own frame is painted
  });
  return () => cancelAnimationFrame(frame);
}
