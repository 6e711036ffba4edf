/**
 * Returns the part of a machine's memory that a model may use: an eighth, at least 2 GB, is left for the system and
 * this app.
 */
export const usableMemory = (memoryBytes: number): number => Math.max(0, memoryBytes - Math.max(2e9, memoryBytes / 8));
