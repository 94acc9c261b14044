import { Setting } from '@weinao/plugins';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import type { AlertRules } from './domain/alert.rules.ts';

/** What a community may set for its alerts, and within which limits. */
export class AlertSettings implements AlertRules {
  @Setting({
    title: { zh: '合并时段（秒）', en: 'Merging window (seconds)' },
    description: {
      zh: '同一地点的同类信号，相隔不超过此时段的，算同一报警。',
      en: 'Signals of one place and kind that follow each other within it are one alert.',
    },
  })
  @IsInt()
  @Min(10)
  @Max(86_400)
  windowSeconds = 300;

  @Setting({
    title: { zh: '无人确认时升级间隔（秒）', en: 'Time until an unacknowledged alert escalates (seconds)' },
  })
  @IsInt()
  @Min(5)
  @Max(86_400)
  escalateAfterSeconds = 60;

  @Setting({ title: { zh: '最多升级次数', en: 'Most escalations' } })
  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;

  @Setting({ title: { zh: '设备失联时报警', en: 'Raise an alert when a device falls silent' } })
  @IsBoolean()
  alertOnSilentDevices = false;
}
