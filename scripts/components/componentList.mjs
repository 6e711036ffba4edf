import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { componentPackages } from "./componentPackages.mjs";
import { componentsPlace } from "./componentsPlace.mjs";

const root = new URL("../../", import.meta.url);

/** @typedef {{ path: string, sizeBytes: number, sha256: string }} ListedFile */
/** @typedef {{ package: string, version: string, integrity: string, file: string, sizeBytes: number, sha256: string, files: ListedFile[] }} ListedPiece */

/**
 * Resolves with what the build writes into the app: the components, and where they are fetched from. By default that is
 * npm's registry; `R1_COMPONENTS_URL` names a folder that has the same archives. Rejects if the lockfile has another
 * version or hash than the list.
 */
export async function componentList() {
  /** @type {Record<string, Record<string, ListedPiece[]>>} */
  const described = JSON.parse(await readFile(new URL("resources/components.json", root), "utf8"));
  /** @type {{ packages: Record<string, { version: string, integrity: string }> }} */
  const lock = JSON.parse(await readFile(new URL("package-lock.json", root), "utf8"));
  for (const [component, systems] of Object.entries(componentPackages)) {
    for (const [system, names] of Object.entries(systems)) {
      const pieces = described[component]?.[system] ?? [];
      for (const name of names) {
        const piece = pieces.find((each) => each.package === name);
        const locked = lock.packages[`node_modules/${name}`];
        if (piece?.version === locked?.version && piece?.integrity === locked?.integrity) continue;
        const script = fileURLToPath(new URL("describeComponents.mjs", import.meta.url));
        throw new Error(`resources/components.json is not about the ${name} in package-lock.json. Run ${script}.`);
      }
    }
  }
  const own = componentsPlace();
  const base = own ?? "https://registry.npmjs.org";
  const components = Object.fromEntries(
    Object.entries(described).map(([component, systems]) => [
      component,
      Object.fromEntries(
        Object.entries(systems).map(([system, pieces]) => [
          system,
          pieces.map((piece) => withPath(piece, own === null)),
        ]),
      ),
    ]),
  );
  return { base, components };
}

/**
 * @param {ListedPiece} piece
 * @param {boolean} isNpm whether it is in a registry, which has a folder for each package
 */
function withPath(piece, isNpm) {
  const { package: name, version, file, sizeBytes, sha256, files } = piece;
  return { package: name, version, sizeBytes, sha256, files, path: isNpm ? `${name}/-/${file}` : file };
}
