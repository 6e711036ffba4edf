/** The libraries that a component can import, by the globals that their scripts make. */
const globals: Record<string, string> = {
  react: "React",
  "react-dom": "ReactDOM",
  "react-dom/client": "ReactDOM",
  "chart.js": "Chart",
  "chart.js/auto": "Chart",
  d3: "d3",
  katex: "katex",
  three: "THREE",
};

const addonName = /^three\/(?:addons|examples\/jsm)\/(.+?)(?:\.js)?$/;

/** Returns a library as `require` does. Throws if it is not here. */
export function requireLibrary(name: string): unknown {
  const addon = addonName.exec(name)?.[1];
  const { threeAddons = {} } = globalThis as { threeAddons?: Record<string, unknown> };
  const found = addon === undefined ? (globalThis as Record<string, unknown>)[globals[name] ?? ""] : threeAddons[addon];
  if (found === undefined) throw new Error(`Cannot find module '${name}'`);
  const named = Object.assign({}, found as object);
  // Its own default, or all of it: both ways of importing it are in use.
  return { ...named, default: found, Chart: name.startsWith("chart.js") ? found : undefined, __esModule: true };
}
