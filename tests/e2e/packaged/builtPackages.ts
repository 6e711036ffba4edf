import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const release = join(root, "release");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

/** Where `npm run package` puts what the tests try. */
export const builtPackages = {
  folder: join(release, "linux-unpacked"),
  tarball: join(release, `r1-workbench-${version}-linux-x64.tar.gz`),
  // Debian orders what follows a tilde before the version itself, as a prerelease is.
  deb: join(release, `r1-workbench_${version.replace("-", "~")}_amd64.deb`),
};
