import { expect } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import type { ProcessFixture } from '../process.fixture.ts';
import { ServiceProcesses } from '../service.processes.ts';
import { ALL } from './neighbourhood.ts';
import type { World } from './world.ts';

const SERVICES = ['communities', ...ALL];

/** Each service a process of its own, on NATS and PostgreSQL. */
export class SeparateWorld implements World {
  private constructor(
    private readonly fixture: ProcessFixture,
    private readonly nats: NatsServer,
    private readonly database: TestDatabase,
    readonly directory: string,
    private readonly processes: ServiceProcesses,
  ) {}

  static async start(fixture: ProcessFixture): Promise<SeparateWorld> {
    const [nats, database, directory] = await Promise.all([
      startNatsServer(),
      createTestDatabase(),
      fixture.directory(),
    ]);
    const processes = new ServiceProcesses(fixture, {
      NATS_URL: nats.url,
      DATABASE_URL: database.url,
      WEINAO_DATA: directory,
      WEINAO_CLOCK: 'virtual',
    });
    const world = new SeparateWorld(fixture, nats, database, directory, processes);
    await world.up();
    return world;
  }

  get url(): string {
    return this.processes.url;
  }

  async advance(duration: string): Promise<void> {
    const { code, errors } = await this.fixture.weinaoIn(
      { WEINAO_DATA: this.directory, DATABASE_URL: this.database.url },
      ...['clock', 'advance', duration],
    );
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  }

  async crash(): Promise<void> {
    await Promise.all(this.processes.all.map((one) => one.kill('SIGKILL')));
    await this.up();
  }

  async close(): Promise<void> {
    await this.nats.stop();
    await this.database.close();
  }

  private async up(): Promise<void> {
    this.processes.start(...SERVICES);
    await this.processes.startGateway();
    await this.processes.untilReady();
  }
}
