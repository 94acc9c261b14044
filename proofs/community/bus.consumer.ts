import { setTimeout as pause } from 'node:timers/promises';
import type { Course } from '../course/course.ts';
import { Program } from '../servers/program.ts';

const PATIENCE_MS = 15_000;

/** Another plugin's process that follows the errands, and begins again after its last event when it was killed. */
export class BusConsumer {
  /** Ids of the events that it got. */
  readonly seen: string[] = [];
  private position = '0';
  private readonly program: Program;

  constructor(environment: Readonly<Record<string, string>>, died: (words: string) => void) {
    this.program = new Program({
      name: 'consumer',
      file: 'proofs/community/consumer.process.ts',
      args: ['errands'],
      environment,
      onLine: (line) => this.take(line),
      onDeath: ({ words }) => died(words),
    });
  }

  static start<Invariant extends string>(
    course: Course<Invariant>,
    environment: Readonly<Record<string, string>>,
    died: (words: string) => void,
  ): BusConsumer {
    const consumer = course.use(new BusConsumer(environment, died), (one) => one.kill());
    consumer.start();
    return consumer;
  }

  start(): void {
    this.program.start(this.position);
  }

  kill(): Promise<void> {
    return this.program.kill();
  }

  /** Waits a while for it to come there. @returns whether it did */
  async reached(position: bigint): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS;
    while (BigInt(this.position) < position && performance.now() < deadline) await pause(50);
    return BigInt(this.position) >= position;
  }

  private take(line: string): void {
    const [position, id] = line.split(' ') as [string, string];
    this.position = position;
    this.seen.push(id);
  }
}
