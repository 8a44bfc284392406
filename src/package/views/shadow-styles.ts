const FACES = /@font-face\s*\{[^}]*\}/g;
const THEMED_ROOT = /:root\[data-theme=('|")?(\w+)\1\]/g;
const ROOT = /(?:^|(?<=[\s,{}]))(?::root|html|body)(?=[\s,{])/g;

/**
 * The page's styles for a shadow root: what the page sets on its root and body, the element sets on itself. Faces cannot be
 * declared there; the reader's own, or those of the page around, are used.
 */
export function shadowStyles(pageStyles: string): string {
  return pageStyles
    .replaceAll(FACES, '')
    .replaceAll(THEMED_ROOT, ":host([data-theme='$2'])")
    .replaceAll(ROOT, ':host');
}
