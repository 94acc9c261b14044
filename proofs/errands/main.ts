import { runService } from '@weinao/plugins';
import { errands } from './plugin.ts';

await runService(errands);
