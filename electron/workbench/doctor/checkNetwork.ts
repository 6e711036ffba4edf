import type { DoctorCheck } from "../../contract/doctor.ts";
import { toProblem } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import { isAgreed } from "../hub/HubAgreement.ts";
import { hubEndpoint } from "../hub/hubEndpoint.ts";
import { finding } from "./DoctorOptions.ts";

/** Examines whether the app may connect, and to which hub. Connects to nothing. */
export function checkNetwork(
  settings: Pick<Settings, "offline" | "hubEndpoint" | "agreedHubOrigins">,
  isForced: boolean,
): DoctorCheck {
  try {
    const { endpoint: hub } = hubEndpoint(settings.hubEndpoint);
    if (isForced || settings.offline) {
      return finding("network", true, { code: "networkOffline", facts: { case: isForced ? "forced" : "setting" } });
    }
    const { origin } = new URL(hub);
    const { agreedHubOrigins } = settings;
    return finding("network", true, {
      code: isAgreed(origin, agreedHubOrigins) ? "networkOnline" : "networkAsks",
      facts: { hub },
    });
  } catch (error) {
    return { name: "network", ok: false, problem: toProblem(error) };
  }
}
