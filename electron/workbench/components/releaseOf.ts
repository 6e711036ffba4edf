import type { ComponentName } from "../../contract/componentNames.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { ComponentRelease } from "./ComponentRelease.ts";

/** Returns a component's release. Throws `component-not-offered` if there is none for this system. */
export function releaseOf(releases: readonly ComponentRelease[], name: ComponentName | null): ComponentRelease {
  const release = releases.find((each) => each.name === name);
  if (release === undefined) throw new WorkbenchError("component-not-offered", { case: "system" });
  return release;
}
