import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

// The renderer alone; scripts/build.mjs builds the other rooms.
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  // Answers are parsed in a worker: packages that have a variant for workers must not take the one for pages.
  resolve: { conditions: ["worker", ...defaultClientConditions] },
  worker: { format: "es" },
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first frame needs is one file, because the main process answers each request, and is busy then.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } } },
  },
});
