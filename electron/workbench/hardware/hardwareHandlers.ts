import type { Handlers } from "../../contract/calls.ts";
import type { hardwareCalls } from "../../contract/hardware.ts";
import type { HardwareOwner } from "./createHardware.ts";

/** Answers the `hardware.*` calls. */
export function hardwareHandlers(hardware: HardwareOwner): Handlers<typeof hardwareCalls> {
  return {
    "hardware.profile": ({ measureAgain }) => hardware.profile(measureAgain),
    "hardware.report": ({ measureAgain }) => hardware.report(measureAgain),
  };
}
