import type { Attachment } from 'svelte/attachments';
import { zoomOf } from './pointer';

/** Reports an element's inner width in px, now and whenever it changes. */
export function measureWidth(onwidth: (width: number) => void): Attachment<HTMLElement> {
  return (element) => {
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => onwidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  };
}

/**
 * Reports how far below the page's beginning an element stands, px of the window, and its CSS zoom, now and whenever the
 * page's height changes.
 */
export function measureTop(ontop: (top: number, zoom: number) => void): Attachment<HTMLElement> {
  return (element) => {
    if (typeof ResizeObserver === 'undefined') return;
    const report = () => ontop(element.getBoundingClientRect().top + window.scrollY, zoomOf(element));
    const observer = new ResizeObserver(report);
    observer.observe(document.body);
    if (element.previousElementSibling) observer.observe(element.previousElementSibling);
    return () => observer.disconnect();
  };
}

const TARGET = 28; // px, --touch in styles.css where no style sheet is read

/** Least height of what is clicked, px: `--touch` of styles.css, more under a finger than under a mouse. */
export function leastTarget(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--touch')) || TARGET;
}
