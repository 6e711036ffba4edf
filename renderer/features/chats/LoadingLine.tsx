import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { useConversation, useModels, useRuns, useStores } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";

/** Under the composer: which model is being loaded. A reply that is being loaded for says so in its own place. */
export function LoadingLine() {
  const say = useSay("chats");
  const figures = useFigures();
  const { conversation } = useStores();
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const openId = useConversation((state) => state.openId);
  const stage = useRuns(({ byChat }) => (openId === null ? undefined : byChat[openId]?.stage.stage));
  if (loaded.state !== "loading" || stage === "loading") return null;
  const isWaiting = stage === "queued";
  const { name: model, fraction, isPreparing } = loaded;
  const cancel = async (): Promise<void> => {
    if (isWaiting) await conversation.getState().stop();
    await cancelLoad();
  };
  return (
    <div className="composer-note">
      <LoadProgress label={say("models:installed.loading", { name: model })} fraction={fraction} />
      <span className="grow">
        {isPreparing
          ? say("stage.preparing", { model })
          : say(isWaiting ? "composer.loadingFor" : "composer.loading", { model, percent: figures.percent(fraction) })}
      </span>
      <button type="button" className="text-button" onClick={() => void cancel()}>
        {say("shell:cancel")}
      </button>
    </div>
  );
}
