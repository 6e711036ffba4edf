import { componentTitles } from "../../contract/componentNames.ts";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { type ComponentRelease, sizesOf } from "../components/ComponentRelease.ts";
import { examineComponent } from "../components/examineComponent.ts";
import { type DoctorOptions, finding } from "./DoctorOptions.ts";

/** Examines the parts of the app that were fetched later. Returns nothing where there are none for the system. */
export async function checkComponents(
  { home, hashWorker, isDeep, signal }: Pick<DoctorOptions, "home" | "hashWorker" | "isDeep" | "signal">,
  releases: readonly ComponentRelease[],
): Promise<DoctorCheck[]> {
  const checks: DoctorCheck[] = [];
  for (const release of releases) {
    const { state } = await examineComponent(home, release, { signal, hashWorker, isDeep });
    const facts = {
      name: componentTitles[release.name],
      version: release.version,
      size: sizesOf(release).installedBytes,
    };
    if (state === "damaged") checks.push(finding("components", false, { code: "componentsDamaged", facts }));
    if (state === "absent") checks.push(finding("components", true, { code: "componentsNone" }));
    if (state === "installed") {
      checks.push(finding("components", true, { code: isDeep ? "componentsHashed" : "componentsGood", facts }));
    }
  }
  return checks;
}
