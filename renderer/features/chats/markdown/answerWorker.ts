import type { WorkerAnswer, WorkerRequest } from "./answerTree.ts";
import { answerRequest } from "./answerRequest.ts";

/** A worker that parses and typesets answers. The text may be made to break it: the page ends it at its deadline. */
addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  answerRequest(data, (answer: WorkerAnswer) => postMessage(answer));
});
