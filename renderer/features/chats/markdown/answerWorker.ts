import type { WorkerAnswer, WorkerRequest } from "./answerTree.ts";
import { answerRequest } from "./answerRequest.ts";

/** A worker that parses and typesets answers. Hostile text may hang it, so the page enforces a time limit. */
addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  answerRequest(data, (answer: WorkerAnswer) => postMessage(answer));
});
