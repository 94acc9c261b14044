import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endWithUs, signal } from './process-group.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ProgramOptions {
  /** For people. */
  readonly name: string;
  /** Path of a TypeScript file from the root of the repository. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Each line of its standard output. */
  onLine?(line: string): void;
  /** It ended though nobody asked for it; `spoke` where it had written a line before, and so had come up. */
  onDeath?(death: { readonly spoke: boolean; readonly words: string }): void;
}

const KEPT_LINES = 40;
const STOP_PATIENCE_MS = 10_000;

/** A program of this repository as a process of its own, which can be killed, paused and started again. */
export class Program {
  private child: ChildProcess | undefined;
  private forget: () => void = () => undefined;
  private complaints: string[] = [];
  private spoke = false;
  private ending = false;
  private readonly listeners = new Set<(line: string) => void>();

  constructor(private readonly options: ProgramOptions) {}

  get name(): string {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last lines that it wrote to its standard error. */
  get lastWords(): string {
    return this.complaints.join('\n');
  }

  /** @param more arguments of this start alone */
  start(...more: readonly string[]): void {
    const { file, args = [], environment, nodeOptions = [] } = this.options;
    this.spoke = false;
    this.ending = false;
    const { PATH, HOME, TMPDIR } = process.env;
    const child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        ...nodeOptions,
        '--import',
        './proofs/plants/hook.mjs',
        file,
        ...args,
        ...more,
      ],
      {
        cwd: root,
        env: { PATH, HOME, TMPDIR, NODE_ENV: 'production', ...environment },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true, // Ctrl-C is for the proof alone, which then ends it
      },
    );
    this.child = child;
    this.forget = endWithUs(child.pid!);
    createInterface({ input: child.stdout }).on('line', (line) => this.hear(line));
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.complaints = [...this.complaints.slice(1 - KEPT_LINES), line];
    });
    child.once('close', (code, by) => {
      this.forget();
      if (this.ending) return;
      const words = `${this.name} ended (${code ?? by}): ${this.lastWords}`;
      this.options.onDeath?.({ spoke: this.spoke, words });
    });
  }

  /** Unless it runs, or was ended on purpose meanwhile. */
  startAgain(): void {
    if (!this.isRunning && !this.ending) this.start();
  }

  tell(line: string): void {
    this.child?.stdin?.write(`${line}\n`);
  }

  /** Resolves with the first match in its output from now on. @throws Error when it ends before */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const child = this.child!;
      const ended = (code: number | null, by: string | null): void => {
        this.listeners.delete(look);
        reject(new Error(`${this.name} ended (${code ?? by}) without saying ${pattern}:\n${this.lastWords}`));
      };
      const look = (line: string): void => {
        const match = pattern.exec(line);
        if (!match) return;
        this.listeners.delete(look);
        child.removeListener('close', ended);
        resolve(match);
      };
      this.listeners.add(look);
      child.once('close', ended);
    });
  }

  /** With SIGKILL; everything that it has written by then has been heard when this resolves. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** In order, or with SIGKILL where that takes too long. @returns its exit code */
  async stop(): Promise<number | null> {
    const impatience = setTimeout(() => this.send('SIGKILL'), STOP_PATIENCE_MS);
    try {
      return await this.end('SIGTERM');
    } finally {
      clearTimeout(impatience);
    }
  }

  pause(): void {
    this.send('SIGSTOP');
  }

  resume(): void {
    this.send('SIGCONT');
  }

  private async end(how: NodeJS.Signals): Promise<number | null> {
    this.ending = true;
    if (!this.isRunning) return this.child?.exitCode ?? null;
    const closed = once(this.child!, 'close');
    this.resume();
    this.send(how);
    await closed;
    return this.child!.exitCode;
  }

  private send(name: NodeJS.Signals): void {
    const { pid } = this;
    if (pid !== undefined) signal(-pid, name);
  }

  private hear(line: string): void {
    this.spoke = true;
    this.options.onLine?.(line);
    for (const listener of [...this.listeners]) listener(line);
  }
}
