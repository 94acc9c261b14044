import { Setting } from '@weinao/plugins';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import type { HydrantRules } from './domain/hydrant.rules.ts';

/** What a community may set for its facilities, and within which limits. */
export class FacilitySettings implements HydrantRules {
  @Setting({
    title: { zh: '水情有效期（小时）', en: 'How long a water reading counts (hours)' },
    description: {
      zh: '更早的读数不再说明消防栓有水。',
      en: 'An older one no longer says that a hydrant has water.',
    },
  })
  @IsInt()
  @Min(1)
  @Max(8_760)
  waterReadingMaxAgeHours = 72;

  @Setting({ title: { zh: '消防栓最低水压（千帕）', en: 'Least pressure of a hydrant (kPa)' } })
  @IsNumber()
  @Min(0)
  @Max(2_500)
  leastPressureKPa = 100;
}
