/** What a diagram and its picture may be. */
export const diagramLimits = {
  textChars: 50_000,
  /** Device pixels of the picture: its longer side, and all of it. */
  side: 8192,
  pixels: 24_000_000,
  pngBytes: 16_000_000,
  /** In characters: what is kept of the reason that Mermaid gives. */
  messageChars: 1000,
} as const;
