import type { ModelsDisk } from "../../contract/models.ts";
import { diskSpace } from "./diskSpace.ts";

/** Resolves with the models folder and the disk that has it. */
export async function modelsDisk(folder: string): Promise<ModelsDisk> {
  return { folder, ...(await diskSpace(folder)) };
}
