import { WorkbenchError } from "../../contract/errors.ts";
import { diskSpace } from "../models/diskSpace.ts";

/** Rejects with `download-disk-full` if the folder's disk has no room for the rest of a download. All in bytes. */
export async function expectRoom(folder: string, restBytes: number, reserveBytes: number): Promise<void> {
  const { freeBytes } = await diskSpace(folder);
  if (freeBytes >= restBytes + reserveBytes) return;
  const facts = { case: "room", rest: restBytes, reserve: reserveBytes, free: freeBytes } as const;
  throw new WorkbenchError("download-disk-full", facts);
}
