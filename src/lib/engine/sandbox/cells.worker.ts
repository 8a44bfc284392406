import * as Comlink from 'comlink';
import { CellService } from './cell-service';

/** The first message brings the port by which the page speaks with its cells. */
self.addEventListener(
  'message',
  ({ ports }) => {
    const service = new CellService();
    const hear = (event: Event, error: unknown) => {
      event.preventDefault(); // what a cell left behind is not an error of the page's
      service.hear(error);
    };
    self.addEventListener('error', (event) => hear(event, event.error));
    self.addEventListener('unhandledrejection', (event) => hear(event, event.reason));
    Comlink.expose(service, ports[0]);
  },
  { once: true }
);
