import { appendCells } from './cells/append.cell.ts';
import { deliveryCells } from './cells/delivery.cell.ts';
import { notMeasured } from './cells/not-measured.ts';
import { rebuildCell } from './cells/rebuild.cell.ts';
import { replayCell } from './cells/replay.cell.ts';
import { wholePathCell } from './cells/whole-path.cell.ts';
import { bench } from './frame/bench.ts';

const code = await bench(
  [...appendCells, replayCell, ...deliveryCells, rebuildCell, wholePathCell],
  notMeasured,
  process.argv.slice(2),
);
// What an interrupted turn has left open shall keep nobody waiting.
process.exit(code);
