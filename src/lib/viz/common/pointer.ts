/** How many px of the window one px of an element takes: its own CSS zoom and that of all around it. */
export function zoomOf(element: Element): number {
  return 'currentCSSZoom' in element ? element.currentCSSZoom : 1;
}

/** Where the pointer is within the element that listens, px of that element, also where the page is zoomed around it. */
export function pointerIn(event: MouseEvent): { x: number; y: number } {
  const element = event.currentTarget as Element;
  const box = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (event.clientX - box.left) / zoom, y: (event.clientY - box.top) / zoom };
}
