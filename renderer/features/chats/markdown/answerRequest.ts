import type { WorkerAnswer, WorkerRequest } from "./answerTree.ts";
import { highlight } from "./highlight.ts";
import { typesetBlock } from "./typesetBlock.ts";

/** Does what the page asks of the worker, and tells each answer as soon as it is there. */
export function answerRequest(request: WorkerRequest, tell: (answer: WorkerAnswer) => void): void {
  const { id } = request;
  if (request.kind === "blocks") {
    for (const source of request.sources) tell({ kind: "block", id, block: typesetBlock(source) });
    return;
  }
  highlight(request.code, request.language).then(
    (lines) => tell({ kind: "code", id, lines }),
    // Plain code is a good answer to a grammar that fails.
    () => tell({ kind: "code", id, lines: null }),
  );
}
