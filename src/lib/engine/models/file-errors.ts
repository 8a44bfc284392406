/** What can be wrong with a file of a model before its bytes are looked into. */
import { ModelFileError } from '../../gpt2/index.ts';

export function notInCopy(name: string): ModelFileError {
  return new ModelFileError(`model: ${name} must be in the kept copy, got none. The model does without it.`);
}

/** A network's sign-in page, or a host's own "not found", may come with status 200. */
export function expectNoPage(name: string, bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart();
  if (!/^<(!doctype|html|head|body|\?xml)/i.test(start)) return;
  const advice = 'Check the address, and whether the network asks for a sign-in.';
  throw new ModelFileError(`model: ${name} must be a file of the model, got a web page. ${advice}`);
}

export function gone(name: string): ModelFileError {
  const advice = 'Choose its files on the Models page again.';
  return new ModelFileError(`model: ${name} must be kept on this device, got none. ${advice}`);
}
