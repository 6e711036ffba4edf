import { Tabs } from "@base-ui/react/tabs";
import { type ReactNode, Suspense } from "react";
import { useLastTab } from "../../app/useLastTab.ts";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { TabList } from "../../parts/TabList.tsx";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { useServerBenchmark } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { MachineActions } from "./MachineActions.tsx";
import { ThisMachine } from "./ThisMachine.tsx";

export interface HardwareScreenProps {
  /** From the address; empty if it names none. */
  tab: string;
  benchmark: ReactNode;
  tune: ReactNode;
}

const tabs = ["benchmark", "tune", "machine"] as const;

/** How fast models are on this machine, how to make them faster, and what the machine is. */
export default function HardwareScreen({ tab, benchmark, tune }: HardwareScreenProps) {
  const say = useSay("hardware");
  const measuresServer = useServerBenchmark(({ phase }) => phase?.state === "measuring");
  const benchmarks = useRunningBenchmark() !== null || measuresServer;
  const tuning = useRunningTuning()?.state;
  const tunes = tuning === "trying" || (tuning === "queued" && !benchmarks);
  const busy = tunes ? "tune" : benchmarks ? "benchmark" : null;
  const selected = useLastTab({ screen: "hardware", tabs, named: tab, busy });
  return (
    <Tabs.Root
      className="page"
      render={<main aria-label={say("title")} />}
      value={selected}
      onValueChange={(id: string) => (window.location.hash = `#/hardware/${id}`)}
    >
      <ScreenHeader
        title={say("title")}
        tabs={<TabList label={say("title")} tabs={tabs.map((id) => ({ id, name: say(`tabs.${id}`) }))} />}
      >
        {selected === "machine" && <MachineActions />}
      </ScreenHeader>
      <Tabs.Panel className="page-body instruments" value="benchmark">
        <Suspense>{benchmark}</Suspense>
      </Tabs.Panel>
      <Tabs.Panel className="page-body instruments" value="tune">
        <Suspense>{tune}</Suspense>
      </Tabs.Panel>
      <Tabs.Panel className="page-body instruments" value="machine">
        <ThisMachine />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
