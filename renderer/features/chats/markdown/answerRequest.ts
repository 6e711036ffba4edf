import type { WorkerAnswer, WorkerRequest } from "./answerTree.ts";
import { highlight } from "./highlight.ts";
import { typesetBlock } from "./typesetBlock.ts";

/** Handles a request from the page. Passes each response to `tell` as soon as it is available. */
export function answerRequest(request: WorkerRequest, tell: (answer: WorkerAnswer) => void): void {
  const { id } = request;
  if (request.kind === "blocks") {
    for (const source of request.sources) tell({ kind: "block", id, block: typesetBlock(source) });
    return;
  }
  highlight(request.code, request.language).then(
    (lines) => tell({ kind: "code", id, lines }),
    // If a grammar fails, the code is shown plain.
    () => tell({ kind: "code", id, lines: null }),
  );
}
