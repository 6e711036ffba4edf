/** What of a machine's memory a model may take: an eighth, at least 2 GB, is left for the system and this app. */
export const usableMemory = (memoryBytes: number): number => Math.max(0, memoryBytes - Math.max(2e9, memoryBytes / 8));
