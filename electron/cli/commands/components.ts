import { componentTitles } from "../../contract/componentNames.ts";
import type { Component } from "../../contract/components.ts";
import type { Texts } from "../../texts/texts.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { followDownload } from "../followDownload.ts";

/** `r1 components`: lists the parts of the app that its packages leave out, installs one, or removes it. */
export async function components(command: CommandOf<"components">, run: CommandRun): Promise<number> {
  const { terminal } = run;
  const { texts } = terminal;
  if (command.action === "list") return await listed(run);
  const { component: name } = command;
  const title = componentTitles[name];
  if (command.action === "install") {
    const done = await followDownload(run, (workbench) => workbench.call("components.install", { name }));
    if (done === null) {
      terminal.aside(`${texts.say("cli:download.stopped")}\n`);
      return 130;
    }
    if (terminal.json) terminal.document({ name, state: "installed", sizeBytes: done.sizeBytes });
    else terminal.write(`${texts.say("cli:components.installedNow", { title })}\n`);
    return 0;
  }
  const workbench = await run.open();
  const known = (await workbench.call("components.list", {})).find((each) => each.name === name);
  await workbench.call("components.remove", { name });
  const wasThere = known?.state !== "absent";
  if (terminal.json) terminal.document({ name, state: "absent" });
  else terminal.write(`${texts.say(wasThere ? "cli:components.removed" : "cli:components.notInstalled", { title })}\n`);
  return 0;
}

async function listed({ terminal, open }: CommandRun): Promise<number> {
  const list = await (await open()).call("components.list", {});
  if (terminal.json) {
    terminal.document(list);
    return 0;
  }
  if (list.length === 0) terminal.write(`${terminal.texts.say("cli:components.none")}\n`);
  for (const component of list) terminal.write(`${componentLines(terminal.texts, component).join("\n")}\n`);
  return 0;
}

function componentLines({ say }: Texts, component: Component): string[] {
  const { name, version, state, host, downloadBytes: download, installedBytes: installed } = component;
  const stateText = say(`cli:components.states.${state}`, { download, installed, host });
  return [
    say("cli:components.line", { title: componentTitles[name], version, state: stateText }),
    ...(component.isOffered ? [] : [say("cli:components.noCard")]),
    ...(component.hasRuntime ? [] : [say("hardware:component.noRuntime")]),
  ];
}
