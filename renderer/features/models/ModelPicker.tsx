import { Menu } from "@base-ui/react/menu";
import { ChevronDown, FolderOpen, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { isFile, leavesThisMachine, serverOf, writtenAt } from "../../../electron/contract/modelKinds.ts";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { useAction } from "../../app/useAction.ts";
import { Dot } from "../../parts/Dot.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { useKeyText } from "../../parts/useKeyText.ts";
import { useChosenModel, useModelForNewChats } from "../../stores/useChosenModel.ts";
import { serversOf } from "../../stores/modelPlaces.ts";
import { useFit, useModels } from "../../stores/useStores.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { texts, useSay } from "../../texts.ts";
import { PickerRow } from "./PickerRow.tsx";
import { useChooseModel } from "./useChooseModel.ts";

const subjectOf = ({ id }: Model): FitSubject => ({ kind: "model", modelId: id });

/** The model of this chat: choose one, as `chooseInChat` does, or get another. Typing filters the list. */
export function ModelPicker() {
  const say = useSay("models");
  const chosen = useChosenModel();
  const forNewChats = useModelForNewChats();
  const list = useModels((state) => state.list);
  const loaded = useModels((state) => state.loaded);
  const importFile = useModels((state) => state.importFile);
  const follow = useFit((state) => state.follow);
  const choose = useChooseModel("chat");
  const nameId = useId();
  const [isOpen, setOpen] = useState(false);
  const [filter, setFilter] = useState("");
  const rows = useRef<HTMLDivElement>(null);
  const keys = useKeyText("chooseModel");
  const models = list.state === "ready" ? list.value : [];
  const loadedId = loaded.state === "ready" ? loaded.modelId : null;
  const shown = models.filter((model) => matches(model, filter));

  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };
  const changeOpen = (next: boolean): void => {
    setOpen(next);
    setFilter("");
    // Models that have not been used here are shown with the speed that they are expected to have.
    if (next)
      void follow(models.filter((model) => model.measuredTokensPerSecond === null && isFile(model)).map(subjectOf));
  };
  useAction("chooseModel", () => changeOpen(true));
  useAction("importModel", () => void open());

  // Enter chooses the first match. Without one, the menu still hears what is typed.
  useEffect(() => {
    if (filter === "") return;
    const first = rows.current?.querySelector<HTMLElement>("[role='menuitem']");
    (first ?? rows.current?.closest<HTMLElement>("[role='menu']"))?.focus();
  }, [filter]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyped = event.key.length === 1 && (event.key !== " " || filter !== "");
    if (isTyped) setFilter(filter + event.key);
    else if (event.key === "Backspace" && filter !== "") setFilter(filter.slice(0, -1));
    else return;
    // The menu would jump to the first item with this letter.
    event.preventDefault();
    event.stopPropagation();
  };

  const row = (model: Model) => (
    <PickerRow
      key={model.id}
      model={model}
      file={fileOf(model, models)}
      isInThisChat={model.id === chosen?.id}
      isDefault={model.id === forNewChats?.id}
      isLoaded={model.id === loadedId}
      onChoose={() => void choose(model)}
    />
  );
  const isLoaded = chosen !== undefined && chosen.id === loadedId;
  const server = chosen === undefined ? null : serverOf(chosen);
  const name = chosen ? [chosen.name, chosen.builtIn && say("installed.builtIn")].filter(Boolean).join(" · ") : null;
  return (
    <Menu.Root open={isOpen} onOpenChange={changeOpen}>
      <Menu.Trigger
        className="button ghost picker-button"
        // Its name says what is chosen here, and its words are the value. The menu adds the other attributes.
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props, jsx-a11y/prefer-tag-over-role
        role="combobox"
        aria-label={say("picker.label")}
        aria-describedby={nameId}
        title={`${name ?? say("picker.label")} (${keys})`}
      >
        {/* The button is named by what it is for; which model it is, is its description. */}
        <span id={nameId} className="picker-name" aria-hidden>
          {chosen && isFile(chosen) && (
            <Dot isOn={isLoaded} label={say(isLoaded ? "picker.loaded" : "picker.notLoaded")} />
          )}
          <bdi className="clip">{name ?? (list.state === "loading" ? "…" : say("picker.none"))}</bdi>
          {server !== null && <ServerMark place={writtenAt(server)} />}
        </span>
        <ChevronDown size={16} aria-hidden className="chevron" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="menu picker" onKeyDownCapture={onKeyDown}>
            {filter !== "" && <output className="picker-filter">{say("picker.filter", { words: filter })}</output>}
            <div className="picker-rows scroll" ref={rows}>
              {shown.filter(isFile).map(row)}
              {serversOf(shown).map(({ server, models: there }) => (
                <Menu.Group key={server.serverId}>
                  <Menu.GroupLabel className="picker-group">
                    <bdi className="clip">{say("servers:at", { name: server.serverName, host: server.host })}</bdi>
                    <ServerMark place={writtenAt(server)} />
                  </Menu.GroupLabel>
                  {there.map(row)}
                </Menu.Group>
              ))}
            </div>
            {list.state === "failed" && (
              <p className="menu-note">
                <WhatHappened problem={list.problem} />
              </p>
            )}
            {models.length > 0 && shown.length === 0 && <p className="picker-rule">{say("picker.noMatch")}</p>}
            {shown.length > 0 && (
              <p className="picker-rule">
                {joinSentences(texts, [
                  say("picker.rule"),
                  shown.some(leavesThisMachine) ? say("servers:pickerRule") : null,
                ])}
              </p>
            )}
            {models.length > 0 && <MenuLine />}
            <MenuRow icon={<Plus size={16} aria-hidden />} onClick={() => (window.location.hash = "#/models")}>
              {say("picker.get")}
            </MenuRow>
            <MenuRow icon={<FolderOpen size={16} aria-hidden />} does="importModel" onClick={() => void open()}>
              {say("picker.open")}
            </MenuRow>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Returns whether the name, the quantization or the file contains all words of the filter. */
function matches({ name, quantization, source }: Model, filter: string): boolean {
  const place = source.kind === "file" ? source.path : `${source.serverName} ${source.host}`;
  const text = `${name} ${quantization} ${place}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

/** Returns the file that distinguishes a model from others of the same name. */
function fileOf(model: Model, models: readonly Model[]): string | null {
  const isAlone = models.every(({ id, name }) => id === model.id || name !== model.name);
  if (model.builtIn || isAlone || model.source.kind !== "file") return null;
  return model.source.path.split(/[/\\]/).at(-1) ?? null;
}
