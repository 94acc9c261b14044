import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { Neighbourhood, succeed } from './neighbourhood.ts';
import type { World } from './world.ts';

const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeAlert(id: $id) { id status acknowledgedBy } }`;
const RAISE = `mutation { raiseAlert(input: { kind: OTHER, title: "电梯困人" }) { id status signals } }`;

/** People call for help, where nothing else is on. */
export function describeAlertStory(worldOfStory: () => World): void {
  describe('an alert that people raise', () => {
    it('is acknowledged by one of 50 at the same moment, and the others learn its present state', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'fifty', ['alerts']);
      const { id } = (await succeed(here.worker, RAISE)).raiseAlert;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => here.worker.ask(ACKNOWLEDGE, { id })),
      );
      const refused = answers.filter(({ codes }) => codes.length > 0);
      expect(answers.length - refused.length).toBe(1);
      for (const { codes, errors } of refused) {
        expect(codes).toEqual(['ALERT_ALREADY_ACKNOWLEDGED']);
        expect(errors![0].extensions).toMatchObject({ status: 'ACKNOWLEDGED', acknowledgedBy: 'wang' });
      }
    });

    it('escalates while nobody acknowledges it, up to the steps of the settings', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'escalating', ['alerts']);
      const { id } = (await succeed(here.worker, RAISE)).raiseAlert;
      const look = `query ($id: ID!) { alert(id: $id) { status escalations } }`;
      await world.advance('PT59S');
      expect((await succeed(here.worker, look, { id })).alert).toEqual({ status: 'RAISED', escalations: 0 });
      for (const escalations of [1, 2, 3]) {
        await world.advance('PT60S');
        await eventually(async () =>
          expect((await succeed(here.worker, look, { id })).alert).toEqual({
            status: 'ESCALATED',
            escalations,
          }),
        );
      }
      await world.advance('PT1H');
      expect((await succeed(here.worker, look, { id })).alert.escalations).toBe(3);
    });
  });
}
