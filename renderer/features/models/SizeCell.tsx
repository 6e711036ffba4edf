import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Menu } from "../../parts/Menu.tsx";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { useFigures, useSay } from "../../texts.ts";

interface Size {
  sizeBytes: number;
  quantization: string | null;
}

/** The size of a file and its quantization. */
export function SizeCell({ sizeBytes, quantization }: Size) {
  const figures = useFigures();
  return (
    <>
      <span className="figure">{figures.bytes(sizeBytes)}</span>{" "}
      {quantization !== null && <bdi className="figure quiet clip">{quantization}</bdi>}
    </>
  );
}

export interface SizeMenuProps extends Size {
  /** Of the model, for screen readers. */
  name: string;
  value: string;
  options: readonly { value: string; label: ReactNode; hint: ReactNode }[];
  onChange: (value: string) => void;
  /** Further rows, after a line. */
  children?: ReactNode;
}

/** The same as a menu of the sizes that there are. */
export function SizeMenu({ name, value, options, onChange, children, ...size }: SizeMenuProps) {
  const say = useSay("models");
  const figures = useFigures();
  const label = [say("family.sizeOf", { name }), figures.bytes(size.sizeBytes), size.quantization];
  return (
    <Menu
      className="size-menu"
      button={
        <button type="button" className="size-button" aria-label={label.filter((part) => part !== null).join(", ")}>
          <SizeCell {...size} />
          <ChevronDown size={16} aria-hidden className="chevron" />
        </button>
      }
    >
      <MenuChoices value={value} options={options} onChange={onChange} />
      {children !== undefined && <MenuLine />}
      {children}
    </Menu>
  );
}
