import { serverOf } from "../../../electron/contract/modelKinds.ts";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Returns why the thought of a model cannot be ended so that its answer follows. Null: it can. Only R1 answers then. */
export function useSkipHindrance(modelId: string | undefined): string | null {
  const say = useSay("chats");
  const model = useModels(({ list }) =>
    list.state === "ready" ? list.value.find(({ id }) => id === modelId) : undefined,
  );
  if (model?.family !== "r1") return say("thought.skipNeedsR1");
  return serverOf(model)?.abilities.endsThought === false ? say("servers:cannotEndThought") : null;
}
