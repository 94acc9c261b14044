import { Setting } from '@weinao/plugins';
import { IsInt, Max, Min } from 'class-validator';

/** What a community may set for its lost and found. */
export class LostAndFoundSettings {
  @Setting({
    title: { zh: '失物保管天数', en: 'Days that a found thing is kept' },
    description: { zh: '过期后可另行处理。', en: 'After that it may be given away.' },
  })
  @IsInt()
  @Min(1)
  @Max(3_650)
  daysKept = 90;
}
