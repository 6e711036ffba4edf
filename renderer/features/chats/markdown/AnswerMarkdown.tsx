import "katex/dist/katex.min.css";
import { Component, memo, type ReactNode, useMemo } from "react";
import { drawTree } from "./drawTree.tsx";
import { parseMarkdown } from "./parseMarkdown.ts";
import { splitBlocks } from "./splitBlocks.ts";

/** A block beyond this is shown as plain text: parsing it would freeze the window. */
const maxBlockChars = 60_000;
/** Quotes and lists nested deeper than any person writes. */
const deepNesting = /^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){24}/m;

/**
 * A model's answer as markdown. The text is hostile: raw HTML is shown as text, images never load, and links
 * leave only through main. Streaming and a kept reply take the same path, so they end in the same page.
 */
export default function AnswerMarkdown({ text }: { text: string }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="answer-text" data-testid="answer">
      {blocks.map((source, index) => (
        // Blocks only ever grow at the end, so the position is the identity.
        <Block key={index} source={source} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ source }: { source: string }) {
  const plain = <pre className="plain-text">{source}</pre>;
  if (source.length > maxBlockChars || deepNesting.test(source)) return plain;
  return (
    <PlainOnFailure source={source} plain={plain}>
      <Parsed source={source} />
    </PlainOnFailure>
  );
});

function Parsed({ source }: { source: string }) {
  const tree = useMemo(() => parseMarkdown(source), [source]);
  return drawTree(tree);
}

interface PlainOnFailureProps {
  source: string;
  plain: ReactNode;
  children: ReactNode;
}

/** Text that breaks the parser is still text. */
class PlainOnFailure extends Component<PlainOnFailureProps, { failed: boolean; source: string }> {
  override state = { failed: false, source: this.props.source };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  /** Text that has grown gets another try. */
  static getDerivedStateFromProps(
    { source }: PlainOnFailureProps,
    state: { source: string },
  ): { failed: boolean; source: string } | null {
    return source === state.source ? null : { failed: false, source };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.plain : this.props.children;
  }
}
