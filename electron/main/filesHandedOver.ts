/** What a second instance hands over to the first. Its own folder is what its relative paths start from. */
export interface HandedOver {
  files: string[];
}

const mostFiles = 1000;

/** Returns the files that another instance handed over. Any program of this user could send anything in its place. */
export function filesHandedOver(data: unknown): string[] {
  const files: unknown = typeof data === "object" && data !== null && "files" in data ? data.files : undefined;
  if (!Array.isArray(files)) return [];
  return files.slice(0, mostFiles).filter((path) => typeof path === "string");
}
