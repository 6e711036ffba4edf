import { type ErrorCode, WorkbenchError } from "../contract/errors.ts";

/** The first match determines the code. llama.cpp has no error codes, so its messages are matched. */
const reasons: readonly (readonly [RegExp, ErrorCode])[] = [
  [/ENOENT|no such file/i, "model-file-missing"],
  [/EISDIR/, "model-is-folder"],
  [/EACCES|EPERM|EIO/, "model-file-unreadable"],
  [/unknown (model )?architecture|unsupported architecture/i, "model-architecture-unsupported"],
  [/not within the file bounds|unexpected end|truncated|corrupted or incomplete/i, "model-truncated"],
  [/invalid magic/i, "model-not-gguf"],
  [
    /InsufficientMemory|insufficient memory|out of memory|failed to allocate|unable to allocate|bad_alloc|ENOMEM|too (small|large) .*memory/i,
    "model-too-large",
  ],
];

/** Converts whatever a load threw, and what llama.cpp logged before it, to one coded error. */
export function loadFailure(error: unknown, log: string): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const detail = log === "" ? said : `${said}\n${log}`;
  const code = reasons.find(([pattern]) => pattern.test(detail))?.[1] ?? "model-load-failed";
  return new WorkbenchError(code, undefined, detail.slice(0, 4000));
}
