import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Of the house, whatever folder it is written in. */
const STYLE = { printWidth: 110, singleQuote: true, trailingComma: 'all' } as const;

/** Files of a repository that are written together, or not at all. Paths are relative to its root. */
export class ChangeSet {
  private readonly texts = new Map<string, string>();
  private readonly links = new Map<string, string>();
  private readonly undo: (() => Promise<unknown>)[] = [];

  constructor(private readonly root: string) {}

  /** As it will be. @throws Error where there is none */
  async textOf(path: string): Promise<string> {
    return this.texts.get(path) ?? (await readFile(join(this.root, path), 'utf8'));
  }

  /** TypeScript is formatted. */
  async put(path: string, text: string): Promise<void> {
    this.texts.set(path, path.endsWith('.ts') ? await formatted(path, text) : text);
  }

  link(path: string, target: string): void {
    this.links.set(path, target);
  }

  /** @returns the paths of the files. @throws what went wrong, with everything as it was before */
  async write(): Promise<string[]> {
    try {
      for (const [path, text] of this.texts) await this.writeFile(path, text);
      for (const [path, target] of this.links) await this.writeLink(path, target);
      return [...this.texts.keys()];
    } catch (error) {
      await this.takeBack();
      throw error;
    }
  }

  /** What others write into this folder from now on is taken back too. */
  async keep(folder: string): Promise<void> {
    const path = join(this.root, folder);
    const before = await textsBelow(path);
    this.undo.push(async () => {
      await rm(path, { recursive: true, force: true });
      for (const [file, text] of before) {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    });
  }

  /** Everything is as it was before `write`. */
  async takeBack(): Promise<void> {
    for (const step of this.undo.splice(0).reverse()) await step();
  }

  private async writeFile(path: string, text: string): Promise<void> {
    const file = join(this.root, path);
    const before = await textIn(file);
    await this.makeFolder(dirname(file));
    this.undo.push(() => (before === undefined ? rm(file, { force: true }) : replace(file, before)));
    await replace(file, text);
  }

  private async writeLink(path: string, target: string): Promise<void> {
    const file = join(this.root, path);
    await symlink(target, file);
    this.undo.push(() => rm(file));
  }

  /** What is in a folder that is new, is new too. */
  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first !== undefined) this.undo.push(() => rm(first, { recursive: true, force: true }));
  }
}

/** Loaded where it is needed: every command of the command line would wait for it. */
async function formatted(path: string, text: string): Promise<string> {
  const { format } = await import('prettier');
  return format(text, { ...STYLE, filepath: path });
}

/** By another name first: whoever reads meanwhile, and whoever shares the file by a hard link, sees no half of it. */
async function replace(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text);
  await rename(beside, file);
}

async function textIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function textsBelow(folder: string): Promise<[file: string, text: string][]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')]));
}
