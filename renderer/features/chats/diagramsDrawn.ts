import type { DiagramsState, DiagramsStore } from "../../stores/diagrams.ts";

/** What is not drawn by then is printed as its code. */
const mostMs = 120_000;

/** Resolves once all diagrams that are wanted are drawn, or enough time has passed, and their pictures are on the page. */
export async function diagramsDrawn(diagrams: DiagramsStore): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const look = ({ isBusy }: DiagramsState): void => {
      if (!isBusy) end();
    };
    const timer = setTimeout(end, mostMs);
    const stop = diagrams.subscribe(look);
    look(diagrams.getState());
  });
  await Promise.all(Array.from(document.querySelectorAll("img"), loaded));
}

function loaded(image: HTMLImageElement): Promise<unknown> {
  if (image.complete) return Promise.resolve();
  return new Promise((resolve) => {
    image.addEventListener("load", resolve, { once: true });
    image.addEventListener("error", resolve, { once: true });
  });
}
