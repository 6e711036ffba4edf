const stackLine = /^\s+at .+$/;
/** In quotes a path may hold spaces. */
const quotedPath = /(["'`])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)[^"'`\n]*[\\/]([^"'`\n\\/]*)\1/g;
/** Not what follows a host in an address. */
const barePath = /(?<![\w/\\:.~>-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`,;:()\\/]+[\\/])+([^\s"'`,;:()\\/]*)/g;

/**
 * A detail without the lines of a stack, and with files named without their folders. Each of the named folders is
 * first replaced by its name.
 */
export function withoutPlaces(text: string, folders: readonly [folder: string, name: string][] = []): string {
  return folders
    .filter(([folder]) => folder.length > 1)
    .reduce((cleaned, [folder, name]) => cleaned.replaceAll(folder, name), text)
    .split("\n")
    .filter((line) => !stackLine.test(line))
    .join("\n")
    .replaceAll(quotedPath, "$1$2$1")
    .replaceAll(barePath, "$1");
}
