import type { BenchmarkComparison, ComparedSolve } from "../../../electron/contract/benchmarkComparison.ts";
import { secondsText, shareText, tokensText } from "../../../electron/texts/benchmark/solveLines.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { useTexts } from "../../texts.ts";

interface SolvedTableProps {
  comparison: BenchmarkComparison;
  names: readonly string[];
}

/** What the compared models solved: shares of right answers, and what each right one cost. */
export function SolvedTable({ comparison: { solve }, names }: SolvedTableProps) {
  const texts = useTexts();
  const { say } = texts;
  if (solve === null) return null;
  const rows: { name: string; cell: (compared: ComparedSolve) => string }[] = [
    { name: say("benchmark:solve.rightAnswers"), cell: (compared) => shareText(texts, compared.solve) },
    {
      name: say("benchmark:solve.perRightSeconds"),
      cell({ solve: { secondsPerRightAnswer: seconds }, change }) {
        if (seconds === null) return say("benchmark:solve.none");
        const changed = change === null || !solve.sameProblems ? null : say(`benchmark:solve.${change}`);
        return texts.figures.joined([secondsText(texts, seconds), changed]);
      },
    },
    {
      name: say("benchmark:solve.perRightTokens"),
      cell: ({ solve: { tokensPerRightAnswer: tokens } }) =>
        tokens === null ? say("benchmark:solve.none") : tokensText(texts, tokens),
    },
  ];
  return (
    <>
      <FigureTable
        className="is-narrow"
        caption={say("benchmark:solve.label")}
        showsCaption
        columns={[{ name: say("benchmark:solve.figure"), isNameless: true }, ...names.map((name) => ({ name }))]}
      >
        {rows.map(({ name, cell }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {solve.results.map((compared, index) => (
              // In the same order as the results.
              <td key={index}>{compared === null ? "–" : cell(compared)}</td>
            ))}
          </tr>
        ))}
      </FigureTable>
      {!solve.sameProblems && <p className="page-note">{say("benchmark:solve.otherProblems")}</p>}
    </>
  );
}
