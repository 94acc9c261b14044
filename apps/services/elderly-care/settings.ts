import { Setting } from '@weinao/plugins';
import { IsInt, Max, Min } from 'class-validator';
import type { CareRules } from './domain/care.rules.ts';

/** What a community may set for the care of its old, and within which limits. */
export class CareSettings implements CareRules {
  @Setting({
    title: { zh: '无人处理时升级间隔（分钟）', en: 'Time until an open concern escalates (minutes)' },
  })
  @IsInt()
  @Min(1)
  @Max(1_440)
  escalateAfterMinutes = 60;

  @Setting({ title: { zh: '最多升级次数', en: 'Most escalations' } })
  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;
}
