import * as Comlink from 'comlink';
import { CheckService } from './check-service';

Comlink.expose(new CheckService());
