import type { RelaunchOptions } from "electron";
import type { HandedOver } from "./filesHandedOver.ts";
import { filesInArguments } from "./filesInArguments.ts";
import { filesWithinLimit } from "./filesWithinLimit.ts";
import { ownArguments } from "./ownArguments.ts";
import { ownProgram } from "./ownProgram.ts";
import { shortArguments } from "./shortArguments.ts";

export interface StartArguments extends HandedOver {
  /** With what to start again, because the arguments are too long to be handed over. Null if they are not. */
  again: RelaunchOptions | null;
}

/** Returns the files that this process was started with. */
export function readArguments(appPath: string): StartArguments {
  const folder = startFolder();
  const args = ownArguments(process.argv, appPath, folder);
  const files = filesInArguments({ args, folder, platform: process.platform });
  const shorter = shortArguments(process.argv, args, files);
  const execPath = ownProgram();
  return {
    files: filesWithinLimit(files),
    again: shorter === null ? null : { args: shorter, ...(execPath !== null && { execPath }) },
  };
}

/** Returns the folder that the app was started in, or the root if that was deleted. */
function startFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
