import "katex/dist/katex.min.css";
import { Component, memo, type ReactNode, useMemo } from "react";
import Markdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import { CodeBlock } from "./CodeBlock.tsx";
import { guardTree } from "./guardTree.ts";
import { InlineCode } from "./InlineCode.tsx";
import { ImageChip } from "./ImageChip.tsx";
import { Link } from "./Link.tsx";
import { normaliseMath } from "./normaliseMath.ts";
import { safeUrl } from "./safeUrl.ts";
import { splitBlocks } from "./splitBlocks.ts";

/** A block beyond this is shown as plain text: parsing it would freeze the window. */
const maxBlockChars = 60_000;
/** Quotes and lists nested deeper than any person writes. */
const deepNesting = /^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){24}/m;

const remarkPlugins: Options["remarkPlugins"] = [remarkGfm, [remarkMath, { singleDollarTextMath: false }]];
const rehypePlugins: Options["rehypePlugins"] = [guardTree];
const components: Components = {
  a: Link,
  code: InlineCode,
  img: ImageChip,
  pre: CodeBlock,
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
};

/**
 * A model's answer as markdown. The text is hostile: raw HTML is shown as text, images never load, and links
 * leave only through main. Streaming and a kept reply take the same path, so they end in the same page.
 */
export default function AnswerMarkdown({ text }: { text: string }) {
  const blocks = useMemo(() => splitBlocks(normaliseMath(text)), [text]);
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
      <Markdown
        remarkPlugins={remarkPlugins}
        rehypePlugins={rehypePlugins}
        components={components}
        urlTransform={safeUrl}
      >
        {source}
      </Markdown>
    </PlainOnFailure>
  );
});

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
