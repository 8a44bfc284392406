const BYTES_PER_MB = 1e6;

/** "31.7 MB" */
export const megabytes = (bytes: number): string => `${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
