/** Made by scripts/cells-sandbox/vite-plugin.mjs. */
declare module 'virtual:cells-sandbox' {
  /** Address of the cells' worker, one script with all that it needs. */
  const script: string;
  export default script;
}
