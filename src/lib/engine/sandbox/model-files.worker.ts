import * as Comlink from 'comlink';
import { FilesService } from './files-service';

Comlink.expose(new FilesService());
