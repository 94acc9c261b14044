import 'reflect-metadata';
import { problemsOf } from '@weinao/plugins';
import type { AnnounceRequest } from '@weinao/plugins';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
  validateSync,
} from 'class-validator';

/** Of edges, of feeds, of live fields, and of the events that one of them follows. */
export const MOST_ENTRIES = 64;
/** Of an announcement as JSON, all its schemas included: it is kept as one event. */
export const MOST_ANNOUNCEMENT_BYTES = 262_144 - 16_384;
const MOST_CHARACTERS = 200;

class EdgeShape {
  @IsIn(['GET', 'POST'])
  method: string;

  @IsString()
  @MaxLength(MOST_CHARACTERS)
  path: string;

  @IsInt()
  mostBytes: number;
}

class Following {
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @IsString({ each: true })
  follows: string[];
}

class FeedShape extends Following {
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  path: string;

  @IsBoolean()
  presence: boolean;
}

class LiveShape extends Following {
  @Matches(/^[_A-Za-z]\w*$/)
  field: string;

  @IsString()
  permission: string;

  @Matches(/^[_A-Za-z]\w*$/)
  query: string;

  @Matches(/^[_A-Za-z]\w*$/)
  argument: string;

  @IsString()
  @MaxLength(MOST_CHARACTERS)
  id: string;

  @IsOptional()
  @IsString()
  description?: string;
}

class SdlShape {
  @IsOptional()
  @IsString()
  platform?: string;

  @IsOptional()
  @IsString()
  community?: string;
}

class AnnouncementShape {
  /** Checked by `parseManifest`. */
  @IsObject()
  manifest: object;

  @IsObject()
  @ValidateNested()
  @Type(() => SdlShape)
  sdl: SdlShape;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EdgeShape)
  edges?: EdgeShape[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FeedShape)
  feeds?: FeedShape[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LiveShape)
  live?: LiveShape[];

  @IsOptional()
  @IsObject()
  settings?: object;

  @IsOptional()
  @IsBoolean()
  batches?: boolean;
}

/** What keeps it from being read, besides its manifest; undefined where nothing does. An unknown key does. */
export function shapeProblem(announcement: Omit<AnnounceRequest, 'replica'>): string | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(announcement));
  if (bytes > MOST_ANNOUNCEMENT_BYTES)
    return `The announcement has ${bytes} bytes, more than ${MOST_ANNOUNCEMENT_BYTES}.`;
  const shape = plainToInstance(AnnouncementShape, announcement);
  const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  const problems = problemsOf(validateSync(shape, rules));
  if (problems.length === 0) return undefined;
  const list = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return `The announcement is not valid: ${list}`;
}
