/** Of a new passphrase, in characters. */
export const leastPassphrase = 8;
export const mostPassphrase = 1000;

/** After how many minutes without use the chats can be locked. */
export const lockMinutes = [1, 5, 15, 30, 60, 240] as const;
