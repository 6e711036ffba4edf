import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The renderer alone; scripts/build.mjs builds the other rooms.
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
