import { PostgresEventLog } from '@weinao/events';
import pg from 'pg';
import { rebuildTicketList } from './rebuilder.ts';

const { url, plugin } = JSON.parse(process.argv[2]!) as { url: string; plugin: string };
const pool = new pg.Pool({ connectionString: url });
const log = new PostgresEventLog(pool, plugin);

process.on('message', () => {
  void rebuildTicketList(pool, plugin, log).then(() => process.send!('rebuilt'));
});
process.on('disconnect', () => process.exit());
