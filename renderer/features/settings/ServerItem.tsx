import { Ellipsis, LockOpen, Pencil, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import type { Server } from "../../../electron/contract/servers.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { Menu } from "../../parts/Menu.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Select } from "../../parts/Select.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { useServers } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ServerFacts } from "./ServerFacts.tsx";

/** One server: where it is, how its last test ended, and what was found. */
export function ServerItem({ server }: { server: Server }) {
  const say = useSay("servers");
  const edit = useServers((state) => state.edit);
  const test = useServers((state) => state.test);
  const cancelTest = useServers((state) => state.cancelTest);
  const remove = useServers((state) => state.remove);
  const [asked, setAsked] = useState("");
  const [asksToRemove, setAsksToRemove] = useState(false);
  const nameId = useId();
  const { id, name, url, isEncrypted, keyFrom, models } = server;
  const isTesting = server.test.state === "running";
  const label = say("menu.label", { name });
  return (
    <li className="server" aria-labelledby={nameId}>
      <div className="server-head">
        <div className="server-names">
          <h3 id={nameId} className="clip" title={name}>
            <bdi>{name}</bdi>
          </h3>
          <ServerMark place={server} />
          {!isEncrypted && (
            <span className="badge server-mark" title={say(keyFrom === "app" ? "openToWorkersHint" : "openHint")}>
              <LockOpen size={12} aria-hidden />
              {say("open")}
            </span>
          )}
        </div>
        <div className="server-actions">
          {models.length > 1 && (
            <Select
              className="server-asked"
              aria-label={say("test.asked")}
              value={models.some((model) => model.name === asked) ? asked : ""}
              disabled={isTesting}
              onChange={({ target }) => setAsked(target.value)}
            >
              <option value="">{say("test.askNone")}</option>
              {models.map(({ modelId, name: model }) => (
                <option key={modelId} value={model}>
                  {model}
                </option>
              ))}
            </Select>
          )}
          {/* One element, so that it keeps the focus while its words change. */}
          <button
            type="button"
            className="button"
            aria-label={isTesting ? say("test.stopNamed", { name }) : say("test.runNamed", { name })}
            onClick={() => void (isTesting ? cancelTest(id) : test(id, asked === "" ? null : asked))}
          >
            {say(isTesting ? "test.stop" : "test.run")}
          </button>
          {keyFrom !== "app" && (
            <Menu
              align="end"
              button={
                <button type="button" className="icon-button" aria-label={label} title={label}>
                  <Ellipsis size={16} aria-hidden />
                </button>
              }
            >
              <MenuRow icon={<Pencil size={16} aria-hidden />} onClick={() => edit(server)}>
                {say("menu.edit")}
              </MenuRow>
              <MenuRow icon={<Trash2 size={16} aria-hidden />} isDanger onClick={() => setAsksToRemove(true)}>
                {say("menu.remove")}
              </MenuRow>
            </Menu>
          )}
        </div>
      </div>
      <p className="small quiet server-address">
        <bdi>{url}</bdi>
      </p>
      <TestState server={server} />
      <ServerFacts server={server} />
      {asksToRemove && (
        <Confirm
          title={say("remove.title", { name })}
          action={say("remove.action")}
          onConfirm={() => void remove(id)}
          onClose={() => setAsksToRemove(false)}
        >
          <p>{say("remove.text")}</p>
        </Confirm>
      )}
    </li>
  );
}

/** How the last test ended. What is announced has its place before there is anything to say. */
function TestState({ server: { test } }: { server: Server }) {
  const say = useSay("servers");
  const figures = useFigures();
  const when = "at" in test ? figures.moment(test.at) : "";
  return (
    <>
      <output className="server-state">
        {test.state === "never" && say("test.never")}
        {test.state === "running" && say("test.running")}
        {test.state === "done" && say("test.answered", { when, time: figures.seconds(test.findings.latencyMs, 2) })}
        {test.state === "failed" && say("test.failed", { when })}
      </output>
      {test.state === "failed" && <ProblemNotice problem={test.problem} />}
    </>
  );
}
