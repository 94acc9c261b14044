import { afterAll, describe, expect, it } from '@jest/globals';
import { ProcessFixture } from './process.fixture.ts';

const fixture = new ProcessFixture();

afterAll(() => fixture.cleanUp());

describe('weinao clock', () => {
  it('shows the virtual clock and moves it on, which stays after a crash', async () => {
    const directory = await fixture.directory();
    const none = await fixture.weinao(directory, 'clock');
    expect(none).toMatchObject({ code: 1 });
    expect(none.errors).toMatch(/start with WEINAO_CLOCK=virtual first\.\n$/);

    const environment = { WEINAO_CLOCK: 'virtual', WEINAO_DEMO: 'off' };
    const { process } = await fixture.standalone(directory, environment);
    const begun = (await fixture.weinao(directory, 'clock')).output.trim();
    const moved = await fixture.weinao(directory, 'clock', 'advance', 'PT47H59M');
    const then = new Date(Date.parse(begun) + (48 * 60 - 1) * 60_000).toISOString();
    expect(moved).toMatchObject({ code: 0, output: `${then}\n` });
    await process.kill('SIGKILL');
    await fixture.standalone(directory, environment);
    expect((await fixture.weinao(directory, 'clock')).output).toBe(`${then}\n`);
  });

  it.each(['2 days', 'PT0S', '-PT1H', 'P4000D'])('refuses to move by %s', async (duration) => {
    const { code, errors } = await fixture.weinao(
      await fixture.directory(),
      'clock',
      'advance',
      '--',
      duration,
    );
    expect({ code, errors }).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/must be an ISO 8601 duration such as PT47H59M/),
    });
  });

  it('is a real one or a virtual one', async () => {
    const started = fixture.startStandalone(await fixture.directory(), { WEINAO_CLOCK: 'atomic' });
    expect(await started.ended).toBe(1);
    expect(started.errors).toMatch(/WEINAO_CLOCK must be real or virtual, and is "atomic"/);
  });
});
