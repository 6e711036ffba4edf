/** Longer messages are rejected when the call is parsed. The context of any model is far smaller. */
export const maxMessageChars = 4_000_000;
