import type { BackendSpeed } from "../contract/backendSpeeds.ts";

/** Returns the backends of this machine and a model's speed on each, for programs. */
export const backendDocuments = (backends: readonly BackendSpeed[]): object[] =>
  backends.map(({ backend, devices, software, measured, speed }) => ({
    backend,
    devices,
    software,
    measured: measured.code,
    facts: measured.facts ?? {},
    tokensPerSecond: speed?.generation ?? null,
    prefillTokensPerSecond: speed?.reading ?? null,
  }));
