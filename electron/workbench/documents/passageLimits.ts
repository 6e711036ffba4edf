/** How many passages a message gets. */
export const passageLimits = {
  /** More would take longer to read than they are worth. */
  most: 20,
  /** The share of the context that the prompt may fill with them, so that a reply with a long thought has room. */
  share: 1 / 2,
  /** The share that they may take in a chat that already fills more than that. */
  shareInLongChat: 1 / 8,
};
