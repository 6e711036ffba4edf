import type { ServerPlan } from "../../../electron/contract/llamaServer.ts";
import { planFacts } from "../../../electron/texts/llamaServer/planFacts.ts";
import { useLlamaServer } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";

/** Where llama-server puts the model, or would put it. `canAsk`: program and model are chosen. */
export function LlamaServerPlan({ plan, canAsk }: { plan: ServerPlan | null; canAsk: boolean }) {
  const texts = useTexts();
  const say = useSay("llamaServer");
  const isPlanning = useLlamaServer((state) => state.isPlanning);
  const showPlan = useLlamaServer((state) => state.showPlan);
  return (
    <>
      {plan !== null && (
        <dl className="facts server-facts small llama-server-plan">
          {planFacts(texts, plan).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {plan === null && canAsk && (
        <button type="button" className="text-button" aria-disabled={isPlanning} onClick={() => void showPlan()}>
          {say(isPlanning ? "window.planning" : "window.showPlan")}
        </button>
      )}
    </>
  );
}
