import { ownAppImage } from "./ownAppImage.ts";
import { ownPortable } from "./ownPortable.ts";

/**
 * Returns the file that the user started, if what runs is a copy that is gone with this process, or else null: that is
 * so for an AppImage and for the portable app of Windows.
 */
export const ownProgram = (started: Pick<NodeJS.Process, "env" | "execPath"> = process): string | null =>
  ownAppImage(started) ?? ownPortable(started);
