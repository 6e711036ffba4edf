import { temporaryFolder } from "../temporaryFolder.ts";
import { scriptedServerIn, type ServerScript } from "./scriptedServerIn.ts";

/** Copies the scripted llama-server into a folder of its own, until the test ends. */
export async function scriptedServer(script: ServerScript = {}) {
  return await scriptedServerIn(await temporaryFolder(), script);
}
