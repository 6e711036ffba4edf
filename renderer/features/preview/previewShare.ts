const rememberedIn = "previewShare";

/** How much of the place beside the sidebar the chat has. */
export const usualShare = 0.42;

/** In pixels: what the chat and the preview have at least, beside each other. */
export const leastChat = 400;
export const leastPreview = 320;

/** Returns the share that the chat was left with. */
export function rememberedShare(): number {
  const share = Number.parseFloat(localStorage.getItem(rememberedIn) ?? "");
  return Number.isFinite(share) && share > 0 && share < 1 ? share : usualShare;
}

export function rememberShare(share: number): void {
  localStorage.setItem(rememberedIn, share.toFixed(4));
}
