import { appendCells } from './cells/append.cell.ts';
import { deliveryCells } from './cells/delivery.cell.ts';
import { manyCommunitiesCell } from './cells/many-communities.cell.ts';
import { liveCell } from './cells/live.cell.ts';
import { notMeasured } from './cells/not-measured.ts';
import { rebuildCell } from './cells/rebuild.cell.ts';
import { replayCell } from './cells/replay.cell.ts';
import { snapshotsCell } from './cells/snapshots.cell.ts';
import { timersCell } from './cells/timers.cell.ts';
import { wholePathCell } from './cells/whole-path.cell.ts';
import { bench } from './frame/bench.ts';
import { startBenchServers } from './frame/servers.ts';

const cells = [
  ...appendCells,
  replayCell,
  ...deliveryCells,
  rebuildCell,
  timersCell,
  snapshotsCell,
  wholePathCell,
  manyCommunitiesCell,
  liveCell,
];

const code = await bench(cells, notMeasured, process.argv.slice(2), {
  signal: interruption(),
  startServers: startBenchServers,
  print: (text) => console.log(text),
  say: (text) => console.error(text),
});
process.exit(code); // whatever an interrupted turn has left open

/** Aborts when somebody wants the run to end, or when the process that started it is gone. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  process.on('disconnect', () => controller.abort());
  process.channel?.unref();
  return controller.signal;
}
