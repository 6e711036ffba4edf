import type { HandedOver } from "./filesHandedOver.ts";
import { filesInArguments } from "./filesInArguments.ts";
import { filesWithinLimit } from "./filesWithinLimit.ts";
import { ownArguments } from "./ownArguments.ts";
import { shortArguments } from "./shortArguments.ts";

/** Returns the files that this process was started with, and shorter arguments if these are too long to hand over. */
export function readArguments(appPath: string): HandedOver & { shorter: string[] | null } {
  const folder = startFolder();
  const args = ownArguments(process.argv, appPath, folder);
  const files = filesInArguments({ args, folder, platform: process.platform });
  return { files: filesWithinLimit(files), shorter: shortArguments(process.argv, args, files) };
}

/** Returns the folder that the app was started in, or the root if that was deleted. */
function startFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
