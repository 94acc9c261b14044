import type { Projection } from '@weinao/events';
import type { DataSource, EntityManager } from 'typeorm';

/** What the rows of a projection say, and the position in the plugin's log up to which they say it: both of one moment. */
export async function readAtOnePosition<Value>(
  database: DataSource,
  projection: Pick<Projection<never>, 'name'>,
  read: (manager: EntityManager) => Promise<Value>,
): Promise<{ readonly position: string; readonly value: Value }> {
  const { driver } = database;
  return database.transaction('REPEATABLE READ', async (manager) => {
    const rows: { position: string }[] = await manager.query(
      `select position from ${driver.escape(driver.schema!)}.checkpoints where name = $1`,
      [projection.name],
    );
    return { position: rows[0]?.position ?? '0', value: await read(manager) };
  });
}
