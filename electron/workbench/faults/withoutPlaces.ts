const stackLine = /^\s+at .+$/;
/** A path in quotes may contain spaces. */
const quotedPath = /(["'`])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)[^"'`\n]*[\\/]([^"'`\n\\/]*)\1/g;
/** Excludes the path of a web address. */
const barePath = /(?<![\w/\\:.~>-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`,;:()\\/]+[\\/])+([^\s"'`,;:()\\/]*)/g;

/**
 * Returns a detail without stack lines, and with files named without their folders. Each of the given folders is first
 * replaced with its name.
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
