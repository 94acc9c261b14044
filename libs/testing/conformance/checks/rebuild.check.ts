import type { StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';

export const rebuildCheck: StoryCheck = {
  id: 'rebuild',
  title: 'has the same read models again when they are emptied and rebuilt',
  level: 'silver',
  needs: 'story',
  exempt: ({ plugin }) => (plugin.projections.length > 0 ? undefined : 'it has no read models'),
  async findings({ harness }) {
    const live = await harness.readModelRows();
    if (Object.values(live).flat().length === 0) return ['The story leaves no row to compare with'];
    await harness.tables.empty();
    await harness.rebuild();
    return differences(live, await harness.readModelRows());
  },
};
