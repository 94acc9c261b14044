import { expect } from '@jest/globals';
import type { ProcessFixture, StartedStandalone } from '../process.fixture.ts';
import type { World } from './world.ts';

/** Everything in one process, as `npm start` has it. */
export class StandaloneWorld implements World {
  private constructor(
    private readonly fixture: ProcessFixture,
    readonly directory: string,
    private started: StartedStandalone,
  ) {}

  static async start(fixture: ProcessFixture): Promise<StandaloneWorld> {
    const directory = await fixture.directory();
    return new StandaloneWorld(fixture, directory, await startOnVirtualClock(fixture, directory));
  }

  get url(): string {
    return this.started.url;
  }

  async advance(duration: string): Promise<void> {
    const { code, errors } = await this.fixture.weinao(this.directory, 'clock', 'advance', duration);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  }

  async crash(): Promise<void> {
    const PORT = new URL(this.url).port;
    await this.started.process.kill('SIGKILL');
    this.started = await startOnVirtualClock(this.fixture, this.directory, { PORT });
  }
}

function startOnVirtualClock(
  fixture: ProcessFixture,
  directory: string,
  environment: Record<string, string> = {},
): Promise<StartedStandalone> {
  return fixture.standalone(directory, { WEINAO_CLOCK: 'virtual', ...environment });
}
