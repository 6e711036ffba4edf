import { type Problem, problemOf } from "../contract/errors.ts";

/**
 * Returns what to say if the AppImage's launcher, which is electron-builder's, switched off Chromium's sandbox: it does
 * so, without a word, where the system refuses namespaces. Null if it did not.
 */
export function sandboxNotice(appImage: string | null, hasSwitch: (name: string) => boolean): Problem | null {
  return appImage !== null && hasSwitch("no-sandbox") ? problemOf("sandbox-off") : null;
}
