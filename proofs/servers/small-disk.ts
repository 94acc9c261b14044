import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Course } from '../course/course.ts';

/** Directories that `againWithDisks` has mounted for a user who is not root, separated by colons. */
export const SMALL_DISKS = 'WEINAO_SMALL_DISKS';

const BALLAST = 'ballast';

/** A file system in memory that holds little, so that it can be filled without harm. */
export class SmallDisk {
  private constructor(
    private readonly mount: string,
    readonly directory: string,
  ) {}

  /** @param name which of the mounted ones, where they were mounted before. @throws Error where mounting is not allowed */
  static async mount<Invariant extends string>(
    course: Course<Invariant>,
    name: 'log' | 'broker',
  ): Promise<SmallDisk> {
    const mount = mounted(name) ?? (await mountedNow(course, MEGABYTES[name]));
    const directory = await mkdtemp(join(mount, 'proof-'));
    const disk = new SmallDisk(mount, directory);
    return course.use(disk, () => disk.empty());
  }

  /** Takes what is free, to the last byte. */
  async fill(): Promise<void> {
    const { bavail, bsize } = await statfs(this.mount);
    const file = join(this.mount, BALLAST);
    for (let bytes = bavail * bsize; bytes >= 4_096; bytes /= 2) {
      await writeFile(file, Buffer.alloc(Math.floor(bytes)), { flag: 'a' }).catch(unlessFull);
    }
  }

  async free(): Promise<void> {
    await rm(join(this.mount, BALLAST), { force: true });
  }

  private async empty(): Promise<void> {
    await this.free();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** PostgreSQL needs some 80 MB for itself and two segments of its log. */
export const MEGABYTES = { log: 160, broker: 16 };

function mounted(name: keyof typeof MEGABYTES): string | undefined {
  return process.env[SMALL_DISKS]?.split(':')[name === 'log' ? 0 : 1];
}

async function mountedNow<Invariant extends string>(
  course: Course<Invariant>,
  megabytes: number,
): Promise<string> {
  const directory = await course.directory();
  const { status, stderr } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m`,
    'proof',
    directory,
  ]);
  if (status !== 0)
    throw new Error(`A small disk could not be mounted for the proof: ${String(stderr).trim()}`);
  return course.use(directory, () => void spawnSync('umount', ['--lazy', directory]));
}

function unlessFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOSPC') throw error;
}
