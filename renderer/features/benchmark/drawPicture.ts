import type { Picture } from "./PictureSheet.ts";

/** Resolves with the picture as the bytes of a PNG. Rejects if the page runs out of memory for it. */
export async function drawPicture({ width, height, items }: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The page has no canvas.");
  for (const item of items) {
    context.fillStyle = item.colour;
    if (item.kind === "box") {
      context.fillRect(item.x, item.y, item.width, item.height);
    } else {
      context.font = item.font;
      context.fillText(item.text, item.x, item.y, item.maxWidth);
    }
  }
  const blob = await canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await blob.arrayBuffer());
}
