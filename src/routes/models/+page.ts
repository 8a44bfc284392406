/** models/index.html, beside the models themselves: found by every static server. */
export const trailingSlash = 'always';
