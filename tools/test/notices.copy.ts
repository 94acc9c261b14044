import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Upcasters } from '@weinao/events';
import { decidersIn, problemsOfReading, readGoldenEvents } from '@weinao/testing';
import type { ReadingPlugin } from '@weinao/testing';
import { write } from '../contracts/contract-file.ts';
import { eventShapesOf } from '../contracts/event-shapes.ts';
import { lookAtGoldenFiles } from '../contracts/golden-files.ts';
import type { GoldenFindings } from '../contracts/golden-files.ts';
import type { EventShape } from '../contracts/shape.ts';
import { noticeUpcasters } from './notices/domain/notice.upcasters.ts';
import { noticesProjection } from './notices/read/notices.projection.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SETTINGS = join(root, 'tsconfig.base.json');

/** By the texts of a domain/: reading its types takes a second. */
const shapesOf = new Map<string, Promise<ReadonlyMap<string, EventShape>>>();

/** The made-up plugin notices in a folder of its own, where a test may spoil it. */
export class NoticesCopy {
  upcasters: Upcasters = noticeUpcasters;
  projections: ReadingPlugin['projections'] = [noticesProjection];

  private constructor(private readonly folder: string) {}

  static async make(): Promise<NoticesCopy> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'weinao-notices-')));
    await cp(fileURLToPath(new URL('notices/', import.meta.url)), folder, { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new NoticesCopy(folder);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  golden(name: string): string {
    return join(this.folder, 'contract', 'golden', name);
  }

  text(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** @throws Error where there is nothing to replace: then the test would prove nothing. */
  async edit(path: string, from: string | RegExp, to: string): Promise<void> {
    const text = await this.text(path);
    const edited = text.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
    if (edited === text) throw new Error(`${path} has no ${String(from)}`);
    await writeFile(join(this.folder, path), edited);
  }

  async look(): Promise<GoldenFindings> {
    const texts = JSON.stringify([
      await this.text('domain/notice.events.ts'),
      await this.text('domain/notice.decider.ts'),
    ]);
    const known = shapesOf.get(texts) ?? eventShapesOf(join(this.folder, 'domain'), SETTINGS);
    shapesOf.set(texts, known);
    const shapes = await known;
    return lookAtGoldenFiles({ shapes, upcasters: this.upcasters, folder: this.golden('') });
  }

  /** As `npm run contracts` does. @returns the names of the files */
  async write(): Promise<string[]> {
    const { missing } = await this.look();
    for (const file of missing) await write(file);
    return missing.map(({ path }) => basename(path));
  }

  /** As the contract suite of a plugin does. */
  async problemsOfReading(): Promise<string[]> {
    const folder = pathToFileURL(join(this.folder, '/'));
    return problemsOfReading(await readGoldenEvents(folder), this, await decidersIn(folder));
  }
}
