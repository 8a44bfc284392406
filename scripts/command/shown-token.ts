/** How a token is written on the command line: in quotation marks, or in words where an id stands for none. */
export function shownToken(id: number, text: string): string {
  return text === '' ? `no token, id ${id}` : JSON.stringify(text);
}
