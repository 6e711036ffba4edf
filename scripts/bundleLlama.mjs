import { dirname, relative, resolve, sep } from "node:path";

const entry = `${sep}node_modules${sep}node-llama-cpp${sep}dist${sep}`;

/**
 * Returns a bundler plugin with which node-llama-cpp can be part of a file of ours: its modules find their own files
 * where the package is installed, and it does not try each binary in a process of its own before it loads it. The engine
 * is such a process, and whoever starts it sees how it ends.
 * @returns {import("vite").Plugin}
 */
export function bundleLlama() {
  return {
    name: "bundle-llama",
    enforce: "pre",
    transform(code, id) {
      const path = resolve(id);
      const at = path.indexOf(entry);
      if (at === -1) return null;
      if (path.endsWith(`${sep}testBindingBinary.js`)) {
        if (!/export async function testBindingBinary\(/.test(code)) throw new Error(`${path} is not as it was.`);
        return { code: "export const testBindingBinary = () => Promise.resolve(true);", map: null };
      }
      if (!code.includes("import.meta.url")) return null;
      const fromIndex = relative(dirname(path.slice(0, at + entry.length) + "index.js"), path).replaceAll(sep, "/");
      const own = `new URL(${JSON.stringify(`./${fromIndex}`)}, import.meta.resolve("node-llama-cpp")).href`;
      return { code: code.replaceAll("import.meta.url", own), map: null };
    },
  };
}
