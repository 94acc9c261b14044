/** A file is not as it was written, so what should go into it has to be put there by hand. */
export class Unrecognised extends Error {
  override readonly name = 'Unrecognised';

  constructor(readonly lines: string) {
    super(lines);
  }
}

/** @throws Unrecognised where there is none */
export function found<Node>(node: Node | undefined, lines: string): Node {
  if (node === undefined) throw new Unrecognised(lines);
  return node;
}
