import * as Comlink from 'comlink';
import { TokenizerService } from './tokenizer-service';

Comlink.expose(new TokenizerService());
