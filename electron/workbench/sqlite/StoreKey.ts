/** The key that the chats of a home are encrypted with: 32 random bytes as hexadecimal digits. */
export type StoreKey = string;

const pattern = /^[0-9a-f]{64}$/;

/** Returns whether this has the form of a key. */
export const isStoreKey = (value: unknown): value is StoreKey => typeof value === "string" && pattern.test(value);
