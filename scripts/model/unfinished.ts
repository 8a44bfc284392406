/** Folders of models that are not finished, or about to be replaced. */
export const UNFINISHED = /\.(part|old)$/;
