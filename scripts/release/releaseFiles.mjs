/**
 * @typedef {"appimage" | "nsis" | "mac" | "deb" | "rpm" | "folder" | "portable"} FileKind what a copy of the app that was
 * installed this way is updated with (`electron/contract/updates.ts`)
 */

/** @type {[end: RegExp, kind: FileKind][]} */
const kinds = [
  [/\.AppImage$/, "appimage"],
  [/-setup\.exe$/, "nsis"],
  [/-portable\.exe$/, "portable"],
  [/-mac-[^-]+\.zip$/, "mac"],
  [/\.deb$/, "deb"],
  [/\.rpm$/, "rpm"],
  [/-linux-[^-]+\.tar\.gz$/, "folder"],
];

/**
 * Returns what a package is, from its name (electron-builder.yml), or null for a file that updates nothing, such as a
 * disk image or a list of checksums.
 * @param {string} name
 * @returns {{ kind: FileKind, arch: "x64" | "arm64" } | null}
 */
export function packageOf(name) {
  const kind = kinds.find(([end]) => end.test(name))?.[1];
  if (kind === undefined) return null;
  if (/[-_.](x64|x86_64|amd64)[-.]/.test(name)) return { kind, arch: "x64" };
  if (/[-_.](arm64|aarch64)[-.]/.test(name)) return { kind, arch: "arm64" };
  throw new Error(`The name of ${name} does not say for which processor it is.`);
}
