import { SlidersHorizontal } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import { mergeTexts } from "../../../electron/contract/mergeTexts.ts";
import type { ModelChoices } from "../../../electron/contract/models.ts";
import type { ReplySettings } from "../../../electron/contract/replySettings.ts";
import { useAction } from "../../app/useAction.ts";
import { Popover } from "../../parts/Popover.tsx";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";
import { texts, useFigures, useSay } from "../../texts.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ChatSettingField } from "./ChatSettingField.tsx";

const maxSystemPromptChars = 100_000;
/** A crash of the system loses at most what was typed in this time. */
const saveAfterMs = 200;
/** DeepSeek's recommendations for R1, as in sampling.ts. */
const r1Defaults = { temperature: 0.6, topP: 0.95 };

/** What applies to the replies in this chat: its instructions, and how tokens are drawn. Each names its default. */
export function ChatSettings() {
  const say = useSay("chats");
  const systemPrompt =
    useChatChoice(
      (chat) => chat.systemPrompt,
      (begin) => begin.systemPrompt,
    ) ?? "";
  const replySettings =
    useChatChoice(
      (chat) => chat.replySettings,
      (begin) => begin.replySettings,
    ) ?? defaultReplySettings;
  const setSystemPrompt = useComposer((state) => state.setSystemPrompt);
  const [isOpen, setOpen] = useState(false);
  useAction("chatSettings", () => setOpen(true));
  const fieldId = useId();
  const hintId = useId();
  const typed = useRef<HTMLTextAreaElement>(null);
  /** The instructions that what is typed is a change of. */
  const known = useRef(systemPrompt);
  useEffect(() => {
    const field = typed.current;
    // Another window may have changed them while they are open here.
    if (field !== null) field.value = mergeTexts(known.current, systemPrompt, field.value);
    known.current = systemPrompt;
  }, [systemPrompt]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const text = typed.current?.value;
    if (text !== undefined && text !== known.current) void setSystemPrompt(text);
  };
  const isSet = systemPrompt !== "" || Object.values(replySettings).some((value) => value !== null);
  return (
    <Popover
      align="end"
      label={say("settings.label")}
      className="chat-settings"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) keep();
        setOpen(open);
      }}
      button={
        <button
          type="button"
          className={isSet ? "icon-button is-set" : "icon-button"}
          aria-label={say("settings.label")}
          title={say(isSet ? "settings.isSet" : "settings.label")}
        >
          <SlidersHorizontal size={16} aria-hidden />
        </button>
      }
    >
      <div className="chat-setting">
        <span className="chat-setting-top">
          <label htmlFor={fieldId}>{say("settings.instructions")}</label>
          {systemPrompt !== "" && (
            <button
              type="button"
              className="text-button"
              aria-label={say("settings.resetOf", { name: say("settings.instructions") })}
              onClick={() => {
                if (typed.current) typed.current.value = "";
                typed.current?.focus();
                void setSystemPrompt("");
              }}
            >
              {say("settings.reset")}
            </button>
          )}
        </span>
        <textarea
          ref={typed}
          id={fieldId}
          aria-describedby={hintId}
          className="instructions"
          dir="auto"
          defaultValue={systemPrompt}
          maxLength={maxSystemPromptChars}
          rows={4}
          onInput={() => (timer.current ??= setTimeout(keep, saveAfterMs))}
          onBlur={keep}
        />
        <span id={hintId} className="small quiet">
          {joinSentences(texts, [
            say("settings.defaultR1", { value: say("settings.none") }),
            say("settings.instructionsHint"),
          ])}
        </span>
      </div>
      <SamplingFields settings={replySettings} />
    </Popover>
  );
}

/** Read when the popover opens, because the choices for the model stand behind an empty field. */
function SamplingFields({ settings }: { settings: ReplySettings }) {
  const say = useSay("chats");
  const figures = useFigures();
  const setReplySettings = useComposer((state) => state.setReplySettings);
  const readChoices = useModels((state) => state.choices);
  const model = useChosenModel();
  const [choices, setChoices] = useState<ModelChoices | null>(null);
  const modelId = model?.id;
  useEffect(() => {
    if (modelId === undefined) return;
    let isShown = true;
    void readChoices(modelId).then((read) => isShown && setChoices(read));
    return () => {
      isShown = false;
    };
  }, [readChoices, modelId]);
  const isR1 = model?.family === "r1";
  const change = (part: Partial<ReplySettings>): void => void setReplySettings(part);

  const byDefault = (name: "temperature" | "topP"): { value: string; words: string } => {
    const ofModel = choices?.[name] ?? null;
    if (ofModel !== null) {
      const value = figures.digits(ofModel);
      return { value, words: say("settings.ofModel", { value }) };
    }
    if (!isR1) return { value: say("settings.asAdvised"), words: say("settings.byFile") };
    const value = figures.digits(r1Defaults[name]);
    return { value, words: say("settings.defaultR1", { value }) };
  };
  const temperature = byDefault("temperature");
  const topP = byDefault("topP");
  const none = say("settings.noLimit");
  const random = say("settings.random");
  return (
    <div className="chat-settings-fields">
      <ChatSettingField
        label={say("settings.temperature")}
        value={settings.temperature}
        min={0}
        max={2}
        open={temperature.value}
        byDefault={temperature.words}
        onChange={(value) => change({ temperature: value })}
      />
      <ChatSettingField
        label={say("settings.topP")}
        value={settings.topP}
        min={0}
        max={1}
        open={topP.value}
        byDefault={topP.words}
        onChange={(value) => change({ topP: value })}
      />
      <ChatSettingField
        label={say("settings.maxTokens")}
        value={settings.maxTokens}
        min={1}
        max={1_048_576}
        isWhole
        open={none}
        byDefault={say("settings.defaultR1", { value: none })}
        onChange={(value) => change({ maxTokens: value })}
      />
      <ChatSettingField
        label={say("settings.thoughtTokens")}
        value={settings.thoughtTokens}
        min={1}
        max={1_048_576}
        isWhole
        open={none}
        byDefault={say("settings.defaultR1", { value: none })}
        onChange={(value) => change({ thoughtTokens: value })}
      />
      <ChatSettingField
        label={say("settings.thoughtSeconds")}
        value={settings.thoughtSeconds}
        min={1}
        max={86_400}
        isWhole
        open={none}
        byDefault={say("settings.defaultR1", { value: none })}
        onChange={(value) => change({ thoughtSeconds: value })}
      />
      <ChatSettingField
        label={say("settings.seed")}
        value={settings.seed}
        min={0}
        max={2 ** 32 - 1}
        isWhole
        open={random}
        byDefault={say("settings.defaultR1", { value: random })}
        onChange={(value) => change({ seed: value })}
      />
    </div>
  );
}
