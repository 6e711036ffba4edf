/**
 * Returns a WebAssembly module that reads memory from `from` up to `to`, both multiples of 128, as fast as the machine
 * can: 16 bytes at a time. In text form, with the eight loads written as one:
 *
 *   (module
 *     (memory (export "m") 1)
 *     (func (export "s") (param $from i32) (param $to i32) (result i32) (local $a $b $c $d v128)
 *       (loop
 *         ;; eight times, at offsets 0, 16 … 112, into $a, $b, $c, $d in turn
 *         (local.set $a (i64x2.add (local.get $a) (v128.load offset=0 (local.get $from))))
 *         (br_if 0 (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 128))) (local.get $to))))
 *       (i32x4.extract_lane 0 (i64x2.add (i64x2.add (i64x2.add $a $b) $c) $d))))
 */
export function sumModule(): Uint8Array<ArrayBuffer> {
  const add = [0xfd, 0xce, 0x01];
  const reads = Array.from({ length: 8 }, (_, index) => {
    const sum = 2 + (index % 4);
    return [0x20, sum, 0x20, 0x00, 0xfd, 0x00, 0x04, index * 16, ...add, 0x21, sum];
  }).flat();
  const next = [0x20, 0x00, 0x41, 0x80, 0x01, 0x6a, 0x22, 0x00, 0x20, 0x01, 0x49, 0x0d, 0x00];
  const total = [0x20, 0x02, 0x20, 0x03, ...add, 0x20, 0x04, ...add, 0x20, 0x05, ...add, 0xfd, 0x1b, 0x00];
  const body = [0x01, 0x04, 0x7b, 0x03, 0x40, ...reads, ...next, 0x0b, ...total, 0x0b];
  return new Uint8Array([
    ...magic,
    ...section(1, [0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f]),
    ...section(3, [0x01, 0x00]),
    ...section(5, [0x01, 0x00, 0x01]),
    ...section(7, [0x02, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x73, 0x00, 0x00]),
    ...section(10, [0x01, ...leb128(body.length), ...body]),
  ]);
}

/** "\0asm", version 1. */
const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const section = (id: number, bytes: number[]): number[] => [id, ...leb128(bytes.length), ...bytes];

/** Unsigned, below 2^14. */
const leb128 = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
