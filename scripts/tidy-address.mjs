/**
 * Runs first in every page's head: an address without its last slash, as hosts without redirects leave it, and one that
 * names the page's file, become the folder's, from which the page finds its parts. Nothing is loaded anew.
 */
function tidyAddress() {
  const { pathname, search, hash } = location;
  const folder = pathname.replace(/(\/index\.html|\/)?$/, '/');
  if (folder !== pathname) history.replaceState(history.state, '', folder + search + hash);
}

export const tidyAddressScript = `(${tidyAddress})()`;
