import { areTried } from "../../electron/contract/areTried.ts";
import type { Backend } from "../../electron/contract/engine.ts";
import { backendNames } from "../../electron/texts/backendNames.ts";
import { backendText } from "../../electron/texts/backendText.ts";
import { useEngine } from "../stores/useStores.ts";
import { texts, useSay } from "../texts.ts";

const backends = Object.keys(backendNames) as Backend[];

/** Returns the backend that an option stands for. Null: automatic. */
export const backendOf = (value: string): Backend | null => backends.find((backend) => backend === value) ?? null;

/** The options of a list in which a backend is chosen: what can be used, and what is chosen already. */
export function BackendOptions({ chosen }: { chosen: Backend | null }) {
  const say = useSay("hardware");
  const found = useEngine(({ engine }) => (engine !== null && "info" in engine ? engine.info.probes : null));
  const probes = found !== null && areTried(found) ? found : null;
  const usable = (probes ?? []).filter((probe) => probe.usable).map(({ backend }) => backend);
  const shown = backends.toReversed().filter((each) => each === "cpu" || each === chosen || usable.includes(each));
  return (
    <>
      <option value="">{say("backends.automatic")}</option>
      {shown.map((backend) => (
        <option key={backend} value={backend}>
          {probes === null || backend === "cpu" || usable.includes(backend)
            ? backendText(texts, backend)
            : say("backends.notNow", { backend: backendText(texts, backend) })}
        </option>
      ))}
    </>
  );
}
