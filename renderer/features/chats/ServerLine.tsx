import { ArrowUpRight, Server } from "lucide-react";
import { serverOf } from "../../../electron/contract/modelKinds.ts";
import { useChosenModel, useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useSay } from "../../texts.ts";

/** Under the composer, before anything is sent: the server that gets this chat, and whether that leaves this machine. */
export function ServerLine() {
  const say = useSay("servers");
  const model = useChosenModel();
  const forNewChats = useModelForNewChats();
  const isRefused = useIsRefused();
  const server = model === undefined ? null : serverOf(model);
  if (model === undefined || server === null) return null;
  const sends = forNewChats?.id === model.id ? "sendsAllAway" : "sendsAway";
  const place = say("at", { name: server.serverName, host: server.host });
  return (
    <p className="composer-note server-line">
      {server.isThisMachine ? <Server size={12} aria-hidden /> : <ArrowUpRight size={12} aria-hidden />}
      <span>
        {isRefused(model) ? say("refusedThere", { place }) : say(server.isThisMachine ? "sendsHere" : sends, { place })}
      </span>
    </p>
  );
}
