import { vi } from "vitest";
import type { WorkerRequest } from "../../../renderer/features/chats/markdown/answerTree.ts";
import { answerRequest } from "../../../renderer/features/chats/markdown/answerRequest.ts";

/** Does the worker's work in the test's page, in a later task, as a message would be handled. */
class WorkerInPage extends EventTarget {
  postMessage(request: WorkerRequest): void {
    const message = structuredClone(request);
    setTimeout(() =>
      answerRequest(message, (answer) =>
        this.dispatchEvent(new MessageEvent("message", { data: structuredClone(answer) })),
      ),
    );
  }
  terminate(): void {}
}

/** Reports that everything is visible. */
class NearObserver {
  readonly #callback: IntersectionObserverCallback;
  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, isIntersecting: true } as unknown as IntersectionObserverEntry;
    queueMicrotask(() => this.#callback([entry], this as unknown as IntersectionObserver));
  }
  unobserve(): void {}
  disconnect(): void {}
}

/** Provides what a window has and the test's page does not, for pages that show answers. */
export function installAnswerPage(): void {
  vi.stubGlobal("Worker", WorkerInPage);
  vi.stubGlobal("IntersectionObserver", NearObserver);
}
