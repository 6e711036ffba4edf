import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { root } from "../setup/paths.mjs";

const require = createRequire(import.meta.url);
/** Our own scripts of previewed pages, and Babel's stand-in. */
const scripts = ["begin", "babel", "component", "point", "diagram"];
/** Of three.js's addons, those that need nothing from the web. */
const addons = [
  "controls/DragControls.js",
  "controls/FirstPersonControls.js",
  "controls/FlyControls.js",
  "controls/MapControls.js",
  "controls/OrbitControls.js",
  "controls/PointerLockControls.js",
  "controls/TrackballControls.js",
  "controls/TransformControls.js",
  "geometries/ConvexGeometry.js",
  "geometries/ParametricGeometry.js",
  "geometries/RoundedBoxGeometry.js",
  "libs/stats.module.js",
  "objects/Sky.js",
  "postprocessing/EffectComposer.js",
  "postprocessing/OutputPass.js",
  "postprocessing/RenderPass.js",
  "postprocessing/ShaderPass.js",
  "postprocessing/UnrealBloomPass.js",
];
const libraries = "workbench-preview://page/.workbench/libraries";

/**
 * What is copied: the installed package, its file, and the name under which pages get it. React is the one that says
 * what is wrong, made smaller here, because its production build has numbers for messages.
 * @type {[installed: string, file: string, name: string, isMinified?: boolean][]}
 */
const copies = [
  ["react-18", "umd/react.development.js", "react.js", true],
  ["react-dom-18", "umd/react-dom.development.js", "react-dom.js", true],
  ["@tailwindcss/browser", "dist/index.global.js", "tailwind.js"],
  ["chart.js", "dist/chart.umd.min.js", "chart.js"],
  ["three-r128", "build/three.min.js", "three-r128.js"],
  ["three-r128", "examples/js/controls/OrbitControls.js", "three-r128-OrbitControls.js"],
  ["katex", "dist/katex.min.js", "katex.js"],
  ["katex", "dist/contrib/auto-render.min.js", "katex-auto-render.js"],
  ["d3", "dist/d3.min.js", "d3.js"],
];

/** Modules that are made of a script and its global, so that a page that uses both has one library and not two. */
const modules = [
  { name: "react", global: "React" },
  { name: "react-dom", global: "ReactDOM", needs: "react" },
  // Its script has registered everything already.
  { name: "chart", global: "Chart", adds: ["export const registerables = [];"] },
  { name: "katex", global: "katex" },
  { name: "katex-auto-render", global: "renderMathInElement", needs: "katex" },
  { name: "d3", global: "d3" },
];

/**
 * Mermaid without ELK, which is half as large as all of the rest and has another licence. Diagrams that ask for it get
 * Mermaid's usual layout.
 * @type {import("vite").Plugin}
 */
const withoutElk = {
  name: "without-elk",
  transform(code, id) {
    const offered = "...elkLayoutLoaders()";
    if (!id.includes("/node_modules/mermaid/") || !code.includes(offered)) return null;
    return { code: code.replace(offered, ""), map: null };
  },
};

/**
 * Builds the scripts and libraries of previewed pages into out/preview, and adds the packages in it to `bundled`.
 * @param {Map<string, import("../packaging/bundledPackages.mjs").BundledPackage>} bundled
 * @param {import("vite").Plugin[]} plugins
 */
export async function buildPreview(bundled, plugins) {
  const { build, minify } = await import("vite");
  const out = join(root, "out", "preview");
  await mkdir(join(out, "fonts"), { recursive: true });
  const allPlugins = [withoutElk, ...plugins];
  const shared = /** @type {const} */ ({
    root,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: allPlugins,
  });
  const target = "chrome130";
  for (const name of scripts) {
    await build({
      ...shared,
      build: {
        outDir: out,
        emptyOutDir: false,
        target,
        // Mermaid's, with all kinds of diagrams.
        chunkSizeWarningLimit: 4000,
        rolldownOptions: { output: { codeSplitting: false } },
        lib: {
          entry: join(root, "electron", "preview", `${name}.ts`),
          formats: ["iife"],
          name,
          fileName: () => `${name}.js`,
        },
      },
    });
  }
  await build({
    ...shared,
    build: {
      outDir: out,
      emptyOutDir: false,
      target,
      chunkSizeWarningLimit: 2000,
      lib: {
        entry: join(root, "node_modules/three/build/three.module.js"),
        formats: ["es"],
        fileName: () => "three.js",
      },
    },
  });
  await build({
    ...shared,
    build: {
      outDir: join(out, "three-addons"),
      emptyOutDir: false,
      target,
      minify: true,
      lib: { entry: addons.map((file) => join(root, "node_modules/three/examples/jsm", file)), formats: ["es"] },
      rollupOptions: {
        external: ["three"],
        output: {
          preserveModules: true,
          preserveModulesRoot: join(root, "node_modules/three/examples/jsm"),
          entryFileNames: "[name].js",
          paths: { three: `${libraries}/three.js` },
        },
      },
    },
  });
  for (const [installed, file, name, isMinified = false] of copies) {
    note(bundled, installed);
    const text = await readFile(join(root, "node_modules", installed, file), "utf8");
    const code = isMinified ? (await minify(name, text, { compress: true, mangle: true })).code : text;
    await writeFile(join(out, name), code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
  // The scripts of this package hold those of others (d3-array and so on).
  for (const name of Object.keys(manifest("d3").dependencies)) note(bundled, name);
  for (const { name, global, needs, adds } of modules) {
    const imports = [needs, name].filter(Boolean).map((each) => `import "${libraries}/${each}.js";`);
    const files = [needs, name].flatMap((each) => (each === undefined ? [] : [join(out, `${each}.js`)]));
    const exported = (await namesIn(files, global)).map((each) =>
      each === global ? `export { all as ${each} };` : `export const ${each} = all.${each};`,
    );
    const lines = [
      ...imports,
      `const all = globalThis.${global};`,
      "export default all;",
      ...exported,
      ...(adds ?? []),
    ];
    await writeFile(join(out, `${name}.mjs`), `${lines.join("\n")}\n`);
  }
  await writeFile(
    join(out, "react-jsx-runtime.mjs"),
    `import React from "${libraries}/react.mjs";
export const { Fragment } = React;
export const jsx = (type, props, key) => React.createElement(type, key === undefined ? props : { ...props, key });
export const jsxs = jsx;
export const jsxDEV = jsx;
`,
  );
  const katex = join(root, "node_modules", "katex", "dist");
  // Chromium takes the first kind of font, so the others are not needed.
  const style = await readFile(join(katex, "katex.min.css"), "utf8");
  await writeFile(join(out, "katex.css"), style.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ""));
  await cp(join(katex, "fonts"), join(out, "fonts"), {
    recursive: true,
    filter: (path) => !/\.(?:woff|ttf)$/.test(path),
  });
  const versions = Object.fromEntries(
    [
      ["react", "react-18"],
      ["react-dom", "react-dom-18"],
      ["@tailwindcss/browser", "@tailwindcss/browser"],
      ["chart.js", "chart.js"],
      ["three", "three"],
      ["three-r128", "three-r128"],
      ["katex", "katex"],
      ["d3", "d3"],
    ].map(([name = "", installed = ""]) => [name, manifest(installed).version]),
  );
  await writeFile(join(out, "versions.json"), JSON.stringify(versions));
}

/** @param {string} installed */
function manifest(installed) {
  return require(join(root, "node_modules", installed, "package.json"));
}

/**
 * @param {Map<string, import("../packaging/bundledPackages.mjs").BundledPackage>} bundled
 * @param {string} installed
 */
function note(bundled, installed) {
  const { name, version } = manifest(installed);
  const folder = `node_modules/${installed}`;
  bundled.set(folder, { name, version, folder });
}

/**
 * Returns what the global of a library has, by running its scripts.
 * @param {string[]} files
 * @param {string} global
 */
async function namesIn(files, global) {
  const context = createContext({ console });
  for (const file of files) runInContext(await readFile(file, "utf8"), context);
  return Object.keys(context[global]).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}
