import { RadioTower, TriangleAlert, X } from "lucide-react";
import { IconButton } from "../parts/IconButton.tsx";
import { useApiServer } from "../stores/useStores.ts";
import { useFigures, useSay } from "../texts.ts";
import { settingsHash } from "./route.ts";

/** Says on every screen that this computer is a server, or could not become one, and leads to where that is set. */
export function ApiServerSign({ isRail }: { isRail: boolean }) {
  const say = useSay("apiServer");
  const figures = useFigures();
  const state = useApiServer(({ info }) => info?.state.state ?? "off");
  const isOpen = useApiServer(({ info }) => info?.settings.isOpenToNetwork ?? false);
  const running = useApiServer((store) => store.running);
  const stop = useApiServer((store) => store.stop);
  if (state !== "on" && state !== "failed") return null;
  const isFailed = state === "failed";
  const label = say(isFailed ? "sign.failed" : isOpen ? "sign.onNetwork" : "sign.on");
  const title = figures.joined([label, running > 0 ? say("requests.running", { count: running }) : null]);
  const Icon = isFailed ? TriangleAlert : RadioTower;
  return (
    <div className={isFailed || isOpen ? "server-row is-tight" : "server-row"}>
      <a className="server-link" href={settingsHash("servers", "apiServer")} title={title} draggable={false}>
        <Icon size={16} aria-hidden />
        {/* Who can connect is said in full. There is room for more only if that is short. */}
        <span className={isRail ? "visually-hidden" : "grow clip"}>{isOpen ? label : title}</span>
      </a>
      {isFailed && !isRail && (
        <IconButton small label={say("shell:dismiss")} onClick={() => void stop()}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
