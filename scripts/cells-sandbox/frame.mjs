/**
 * Runs in the sandboxed page: starts the cells' worker of the text that the page around it gives, and hands on the port by
 * which the two speak. A page that is not of an opaque origin starts nothing.
 */
export function startCells() {
  const tell = (/** @type {object} */ what) => parent.postMessage({ cells: what }, '*');
  addEventListener('message', ({ data, ports, source }) => {
    if (source !== parent || ports.length !== 1) return;
    const script = URL.createObjectURL(new Blob([data], { type: 'text/javascript' }));
    const worker = new Worker(script, { name: 'cells' });
    worker.addEventListener('error', (event) => {
      event.preventDefault(); // an error of a cell's is not an error of the page's
      tell({ failed: event.message || 'its script did not start' });
    });
    worker.postMessage(null, [ports[0]]);
  });
  tell(self.origin === 'null' ? { ready: true } : { failed: 'the page is not sandboxed' });
}
