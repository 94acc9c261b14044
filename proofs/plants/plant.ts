/** A text of a source file, and what stands there instead where the bug is planted. */
export interface Edit {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A bug that somebody might write, kept as a patch of the sources, so that the sources know nothing of it. */
export interface Plant {
  readonly name: string;
  /** What goes wrong with it, in a sentence. */
  readonly about: string;
  /** Which proof must catch it, by which of its invariants. */
  readonly proof: string;
  readonly breaks: string;
  readonly edits: readonly Edit[];
}

/** The source with the edits. @throws Error where a text to replace is not there exactly once */
export function planted(source: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { file, find, replace }) => {
    const parts = text.split(find);
    if (parts.length === 2) return parts.join(replace);
    throw new Error(
      `A planted bug needs this once in ${file}, and it is there ${parts.length - 1} times:\n${find}`,
    );
  }, source);
}
