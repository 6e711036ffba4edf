import type { Secrets } from "../../electron/workbench/hub/HubToken.ts";

/** Secrets in memory, as the system's keychain would keep them. */
export function keepingSecrets(kept: Map<string, string>, safe = true): Secrets {
  return {
    safe,
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    set: (name, value) => {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
      return Promise.resolve();
    },
    names: () => Promise.resolve([...kept.keys()]),
  };
}
