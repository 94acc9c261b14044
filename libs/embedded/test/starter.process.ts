import { startPostgres } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const { url } = await startPostgres({
  directory,
  settings: { fsync: 'off' },
  onMessage: (line) => console.log(line),
});
console.log(`started ${url}`);
