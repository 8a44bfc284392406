import * as Comlink from 'comlink';
import { CellService } from './cell-service';

Comlink.expose(new CellService());
