import type { Attachment } from 'svelte/attachments';

/** Reports an element's inner width in px, now and whenever it changes. */
export function measureWidth(onwidth: (width: number) => void): Attachment<HTMLElement> {
  return (element) => {
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => onwidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  };
}
