import type { DiagramsStore } from "../../stores/diagrams.ts";

/** Resolves once all diagrams that are wanted are drawn, and their pictures are on the page. */
export async function diagramsDrawn(diagrams: DiagramsStore): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): boolean => {
      if (diagrams.getState().isBusy) return false;
      resolve();
      return true;
    };
    if (look()) return;
    const stop = diagrams.subscribe(() => {
      if (look()) stop();
    });
  });
  await Promise.all(Array.from(document.images, loaded));
}

function loaded(image: HTMLImageElement): Promise<unknown> {
  if (image.complete) return Promise.resolve();
  return new Promise((resolve) => {
    image.addEventListener("load", resolve, { once: true });
    image.addEventListener("error", resolve, { once: true });
  });
}
