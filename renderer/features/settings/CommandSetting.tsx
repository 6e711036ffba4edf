import { useEffect } from "react";
import type { R1Command } from "../../../electron/contract/shell.ts";
import { PathName } from "../../parts/PathName.tsx";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Whether terminals find the `r1` command, and a way to change that. */
export function CommandSetting() {
  const say = useSay("settings");
  const command = useShell((state) => state.command);
  const problem = useShell((state) => state.commandProblem);
  const read = useShell((state) => state.readCommand);
  const install = useShell((state) => state.installCommand);
  const remove = useShell((state) => state.removeCommand);
  useEffect(() => void read(), [read]);
  return (
    <>
      <dt>
        <span>{say("names.command")}</span>
      </dt>
      <dd id={fieldOf("command")} tabIndex={-1}>
        {command !== null && (
          <div className="setting-line">
            <CommandState command={command} />
            {command.state === "absent" && (
              <button
                type="button"
                className="button"
                aria-label={say("command.installLabel")}
                onClick={() => void install()}
              >
                {say("command.install")}
              </button>
            )}
            {command.state === "installed" && (
              <button
                type="button"
                className="button"
                aria-label={say("command.removeLabel")}
                onClick={() => void remove()}
              >
                {say("command.remove")}
              </button>
            )}
          </div>
        )}
        {problem !== null && (
          <div role="alert">
            <ProblemWords problem={problem} />
          </div>
        )}
        {command?.state === "installed" && !command.isOnPath && <p className="hint">{say("command.notOnPath")}</p>}
        <p className="hint">{say("command.intro")}</p>
      </dd>
    </>
  );
}

function CommandState({ command }: { command: R1Command }) {
  const say = useSay("settings");
  const link = slot("link");
  if (command.state === "unavailable") {
    if (command.file === null) return <output>{say("command.none")}</output>;
    return <Where text={say("command.folder", { link })} path={command.file} />;
  }
  return <Where text={say(`command.${command.state}`, { link })} path={command.link} />;
}

function Where({ text, path }: { text: string; path: string }) {
  return (
    <output className="command-state">
      <Sentence text={text} slots={{ link: <PathName key="link" path={path} /> }} />
    </output>
  );
}
