import { pathToFileURL } from "node:url";

/** Returns the address of a database that nothing writes to. SQLite then neither needs nor creates files beside it. */
export function unchangingDatabase(path: string): URL {
  const url = pathToFileURL(path);
  url.search = "?immutable=1";
  return url;
}
