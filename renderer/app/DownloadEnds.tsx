import type { Download } from "../../electron/contract/downloads.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Model } from "../../electron/contract/models.ts";
import { useFailureText, useSay } from "../texts.ts";

export interface DownloadEndsProps {
  failed: readonly Download[];
  arrived: readonly { download: Download; model: Model }[];
}

/** Announces to screen readers how downloads ended. Their progress is not announced. */
export function DownloadEnds({ failed, arrived }: DownloadEndsProps) {
  const say = useSay("downloads");
  return (
    <output className="visually-hidden">
      {failed.map(
        ({ id, name, status }) => status.state === "failed" && <Failed key={id} name={name} problem={status.problem} />,
      )}
      {arrived.map(({ download: { id, name }, model: { problems } }) => {
        const [problem] = problems;
        if (problem !== undefined) return <Unusable key={id} name={name} problem={problem} />;
        return <p key={id}>{say("arrived", { name })}</p>;
      })}
    </output>
  );
}

interface EndProps {
  name: string;
  problem: Problem;
}

function Failed({ name, problem }: EndProps) {
  const say = useSay("downloads");
  const { what } = useFailureText(problem);
  return <p>{say("failed", { name, what })}</p>;
}

function Unusable({ name, problem }: EndProps) {
  const say = useSay("downloads");
  const { what } = useFailureText(problem);
  return <p>{say("arrivedUnusable", { name, what })}</p>;
}
