import { Copy, RotateCw } from "lucide-react";
import { useState } from "react";
import type { HardwareReport } from "../../../electron/contract/hardware.ts";
import { hardwareReport } from "../../../electron/texts/hardwareReport.ts";
import { loadTexts } from "../../../electron/texts/loadTexts.ts";
import { useHardware, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Copies the facts about this machine, or measures its speeds again. */
export function MachineActions() {
  const say = useSay("hardware");
  const { profile, reading, read, report } = useHardware((state) => state);
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    setCopied(false);
    const told = await report();
    // The report is in English, for the people who will read it.
    setCopied(told !== null && (await copyText(await reportText(told))));
  };
  if (profile === null) return null;
  const again = say(reading ? "machine.measuring" : "machine.again");
  return (
    <div className="machine-actions">
      <output className="quiet small clip">{copied && say("machine.copied")}</output>
      <button
        type="button"
        className="button ghost machine-action"
        aria-label={say("machine.copy")}
        title={say("machine.copy")}
        disabled={reading}
        onClick={() => void copy()}
      >
        <Copy size={16} aria-hidden />
        <span>{say("machine.copy")}</span>
      </button>
      <button
        type="button"
        className="button machine-action"
        aria-label={again}
        title={again}
        disabled={reading}
        onClick={() => void read(true)}
      >
        <RotateCw size={16} aria-hidden />
        <span>{again}</span>
      </button>
    </div>
  );
}

const reportText = async (report: HardwareReport): Promise<string> =>
  hardwareReport(await loadTexts("en"), report)
    .map(([label, value]) => `${label}: ${value}\n`)
    .join("");
