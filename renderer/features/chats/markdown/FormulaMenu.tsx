import { Sigma, SquareCode } from "lucide-react";
import { MenuRow } from "../../../parts/MenuRow.tsx";
import { useShell } from "../../../stores/useStores.ts";
import { useSay } from "../../../texts.ts";
import { PlacedMenu } from "../PlacedMenu.tsx";
import { formulaMathMl } from "./formulaMathMl.ts";
import { formulaTex } from "./formulaTex.ts";

export interface FormulaMenuProps {
  formula: HTMLElement | null;
  onClose: () => void;
}

/** Copies the formula at which it is open. */
export function FormulaMenu({ formula, onClose }: FormulaMenuProps) {
  const say = useSay("chats");
  const copyText = useShell((state) => state.copyText);
  return (
    <PlacedMenu place={formula} label={say("formula.menu")} onClose={onClose} finalFocus={() => formula}>
      <MenuRow
        icon={<Sigma size={16} aria-hidden />}
        onClick={() => formula && void copyText(formulaTex(formula) ?? "")}
      >
        {say("formula.copyLatex")}
      </MenuRow>
      <MenuRow
        icon={<SquareCode size={16} aria-hidden />}
        onClick={() => formula && void copyText(formulaMathMl(formula) ?? "")}
      >
        {say("formula.copyMathMl")}
      </MenuRow>
    </PlacedMenu>
  );
}
