import type { TuneTrial } from "../../../electron/contract/tune.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { trialText } from "../../../electron/texts/tune/trialText.ts";
import { ChangeText } from "../../parts/ChangeText.tsx";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { useTexts } from "../../texts.ts";

const names = {
  threads: "threads",
  gpuLayers: "gpuLayers",
  flashAttention: "flashAttention",
  batchSize: "batch",
  memoryMapped: "memoryMapped",
  largePages: "largePages",
  kvCacheType: "kvCacheType",
} as const;

/** The trials in order: what was set, what was tried, how both speeds changed, and what follows from it. */
export function TrialTable({ trials }: { trials: readonly TuneTrial[] }) {
  const texts = useTexts();
  const { say } = texts;
  if (trials.length === 0) return null;
  return (
    <FigureTable
      className="has-second-line trial-table"
      caption={say("tune:tried")}
      columns={[
        { name: say("tune:columns.setting") },
        { name: say("tune:columns.now") },
        { name: say("tune:columns.tried") },
        { name: say("tune:figures.writing"), isFigure: true },
        { name: say("tune:figures.reading"), isFigure: true },
        { name: say("tune:columns.verdict") },
      ]}
    >
      {trials.map((trial) => (
        <TrialRow key={`${trial.setting} ${String(trial.to)} ${String(trial.from)}`} trial={trial} />
      ))}
    </FigureTable>
  );
}

function TrialRow({ trial }: { trial: TuneTrial }) {
  const texts = useTexts();
  const { setting, from, to, outcome, writing, reading } = trial;
  return (
    <tr>
      <th scope="row">{texts.say(`benchmark:facts.${names[setting]}`)}</th>
      {[from, to].map((value, index) => (
        <td key={index === 0 ? "from" : "to"} className={typeof value === "boolean" ? undefined : "figure"}>
          {value === undefined ? null : valueText(texts, value)}
        </td>
      ))}
      {[writing, reading].map((change, index) => (
        <td key={index === 0 ? "writing" : "reading"} className="is-figure">
          {outcome === "trying" ? "…" : <ChangeText change={change} />}
        </td>
      ))}
      <td className={outcome === "gain" ? "is-words trial-verdict" : "is-words trial-verdict quiet"}>
        {verdictText(texts, trial)}
      </td>
    </tr>
  );
}

function valueText({ say, figures }: Texts, value: TuneTrial["to"]): string {
  if (typeof value === "boolean") return say(value ? "benchmark:value.on" : "benchmark:value.off");
  return typeof value === "number" ? figures.count(value) : value;
}

/** Returns what follows from a trial, with the reason if the columns of speeds do not give it. */
function verdictText(texts: Texts, trial: TuneTrial): string {
  const { say } = texts;
  const { outcome, from, writing, reading } = trial;
  if (outcome === "no-gain" && from !== undefined) {
    const isSame = writing?.change === "same" && reading?.change === "same";
    return say(isSame ? "tune:staysSame" : "tune:stays", { from: valueText(texts, from) });
  }
  const told = say(`tune:outcomes.${outcome}`);
  if (outcome === "gain" || outcome === "trying" || outcome === "no-gain") return told;
  if (outcome === "other-output") return trialText(texts, trial);
  return joinSentences(texts, [told, trialText(texts, trial)]);
}
