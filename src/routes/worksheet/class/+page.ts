/** worksheet/class/index.html: found by every static server. */
export const trailingSlash = 'always';
