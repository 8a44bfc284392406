declare module 'virtual:library-docs' {
  const entries: readonly import('./library-entry').LibraryEntry[];
  export default entries;
}
