import { gzipSync } from "node:zlib";
import { Header, type HeaderData } from "tar";

/** One entry of an archive. Its size is that of its content unless it lies about it. */
export interface TarEntry extends Pick<HeaderData, "path" | "type" | "linkpath" | "size"> {
  content?: Buffer;
}

/** Returns the bytes of an archive as npm's are: ustar, compressed. */
export function tarball(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ content = Buffer.alloc(0), type = "File", size = content.length, ...more }) => {
    const head = Buffer.alloc(512);
    const header = new Header({ mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), ...more, type, size });
    header.encode(head, 0);
    return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 });
}
