import * as Comlink from 'comlink';
import { HubService } from './hub-service';

Comlink.expose(new HubService());
