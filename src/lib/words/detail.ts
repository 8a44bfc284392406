/** Files of a model by the function that refuses them: the page names the file, a stack trace the function. */
const FILE_OF: Readonly<Record<string, string>> = {
  parseConfig: 'config.json',
  parseSafetensors: 'model.safetensors',
  readCheckpoint: 'model.safetensors',
  toFloat32: 'model.safetensors'
};
/** `parseSafetensors: `, `readModelFolder: ` and their like at the front of a message. */
const FUNCTION = /^(model|[a-z]+[A-Z]\w*): /;

/** What an error says, for inside one of the messages: without the name of the function that threw it. */
export function detailOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const thrower = FUNCTION.exec(text);
  if (!thrower) return text;
  const file = FILE_OF[thrower[1]];
  return `${file ? `${file}: ` : ''}${text.slice(thrower[0].length)}`;
}
