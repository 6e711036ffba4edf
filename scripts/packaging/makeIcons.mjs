// `node scripts/packaging/makeIcons.mjs`: draws every icon anew from resources/icons/icon.svg, after a change to it. Needs
// rsvg-convert (Debian: librsvg2-bin). The icons are committed, so building needs none of this.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { runScript } from "../setup/runScript.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { icns, ico } from "./iconFiles.mjs";

const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** macOS expects a margin: the tile takes 824 of 1,024 pixels. */
const macViewBox = "-62 -62 636 636";
const icons = join(root, "resources", "icons");
const installer = join(root, "resources", "installer");

await runScript(async () => {
  const svg = await readFile(join(icons, "icon.svg"), "utf8");
  for (const size of linuxSizes) await writeFile(join(icons, `${size}x${size}.png`), await draw(svg, size));
  const windows = await Promise.all(windowsSizes.map(async (size) => ({ size, png: await draw(svg, size) })));
  await writeFile(join(installer, "icon.ico"), ico(windows));
  const padded = svg.replace("0 0 512 512", macViewBox);
  await writeFile(join(installer, "icon.icns"), await icns((size) => draw(padded, size)));
  return 0;
});

/**
 * @param {string} svg
 * @param {number} size in pixels
 */
async function draw(svg, size) {
  const folder = await mkdtemp(join(tmpdir(), "r1-icon-"));
  try {
    const [from, to] = [join(folder, "icon.svg"), join(folder, "icon.png")];
    await writeFile(from, svg);
    const drawn = await command("rsvg-convert", ["-w", `${size}`, "-h", `${size}`, from, "-o", to]);
    if (drawn.code !== 0) throw new SetupProblem(`The icon could not be drawn: ${drawn.stderr}`);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
