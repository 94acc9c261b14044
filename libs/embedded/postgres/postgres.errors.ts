/** Another process owns the server of this data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';

  constructor(readonly directory: string) {
    super(
      `The data directory ${directory} is in use by another Weinao process; ` +
        'stop it, or set WEINAO_DATA to another directory.',
    );
  }
}

/** This process cannot write into the data directory. */
export class DataDirectoryUnusable extends Error {
  override readonly name = 'DataDirectoryUnusable';

  constructor(
    readonly directory: string,
    reason: string,
  ) {
    super(
      `The data directory ${directory} is not writable: ${reason}; ` +
        'set WEINAO_DATA to a directory of your own.',
    );
  }
}

const permissionCodes = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
  'ENOSPC',
  'ELOOP',
]);

export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Runs `work` on the directory and tells a refusal of the file system as DataDirectoryUnusable. */
export async function onWritable<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!permissionCodes.has(codeOf(error) ?? '')) throw error;
    throw new DataDirectoryUnusable(directory, reasonOf(error as Error));
  }
}

/** `not a directory`, out of `ENOTDIR: not a directory, mkdir '/a/b'`. */
function reasonOf(error: Error): string {
  return /^[A-Z]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}
