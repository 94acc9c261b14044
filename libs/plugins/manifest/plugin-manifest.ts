import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { problemsOf } from '../graphql/bad-user-input.ts';
import type { Problem } from '../graphql/bad-user-input.ts';
import type { Role } from '../access/viewer.ts';
import { ROLES } from '../access/viewer.ts';

const PLUGIN_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const EVENT_NAME = /^[A-Z][A-Za-z0-9]*$/;
const CONSUMED_EVENT = /^[a-z0-9][a-z0-9-]{0,63}\.[A-Z][A-Za-z0-9]*$/;
const ORIGIN = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;
const OUR_ORIGIN = 'weinao';
const VERSION = /^\d+\.\d+\.\d+$/;

/** What the conformance kit may have shown of a plugin, from the least to the most. */
export const LEVELS = ['bronze', 'silver', 'gold'] as const;
export type Level = (typeof LEVELS)[number];

/** A text that people read, in both languages of the product. */
export class LocalizedText {
  @IsString()
  @IsNotEmpty()
  zh: string;

  @IsString()
  @IsNotEmpty()
  en: string;
}

export class PermissionDeclaration {
  @Matches(/^[a-z][a-z-]*$/)
  id: string;

  @ValidateNested()
  @Type(() => LocalizedText)
  name: LocalizedText;

  /** Who holds it unless the community says otherwise. */
  @IsArray()
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  roles: Role[];
}

/** What a plugin says of itself; announced to the platform and checked at every start. */
export class PluginManifest {
  /** Names its folder, subgraph, bus subjects and database schema. */
  @Matches(PLUGIN_ID)
  id: string;

  @ValidateNested()
  @Type(() => LocalizedText)
  name: LocalizedText;

  @Matches(VERSION)
  version: string;

  /** The code line that it comes from, the same for all its versions; `weinao` unless it says otherwise. */
  @IsOptional()
  @Matches(ORIGIN)
  @MaxLength(200)
  origin?: string;

  /** `platform`: part of every community; `community`: on where a community enables it. */
  @IsOptional()
  @IsIn(['platform', 'community'])
  scope: 'platform' | 'community' = 'community';

  /** What `weinao plugin check` shows of this version; none where it is absent. */
  @IsOptional()
  @IsIn(LEVELS)
  level?: Level;

  /** Plugins that must be enabled before this one. */
  @IsArray()
  @ArrayUnique()
  @Matches(PLUGIN_ID, { each: true })
  requires: string[];

  /** Names of the events that others may rely on. */
  @IsArray()
  @ArrayUnique()
  @Matches(EVENT_NAME, { each: true })
  publishes: string[];

  /** `<plugin>.<EventName>` of the events that it follows. */
  @IsArray()
  @ArrayUnique()
  @Matches(CONSUMED_EVENT, { each: true })
  consumes: string[];

  @IsArray()
  @ArrayUnique((permission: PermissionDeclaration) => permission.id)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PermissionDeclaration)
  permissions: PermissionDeclaration[];
}

/** @throws Error that names every problem; an unknown key is one. */
export function parseManifest(value: unknown): PluginManifest {
  const manifest = plainToInstance(PluginManifest, value);
  const problems = problemsOf(
    validateSync(manifest as object, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
    }),
  );
  if (problems.length === 0) problems.push(...selfReferences(manifest));
  if (problems.length > 0) {
    const list = problems.map(({ path, message }) => `  ${path}: ${message}`).join('\n');
    throw new Error(`The manifest is not valid:\n${list}`);
  }
  return manifest;
}

function selfReferences({ id, requires, consumes }: PluginManifest): Problem[] {
  const followed = consumes.filter((event) => event.startsWith(`${id}.`));
  return [
    ...(requires.includes(id)
      ? [{ path: 'requires', rule: 'itself', message: `${id} must not require itself` }]
      : []),
    ...followed.map((event) => ({
      path: 'consumes',
      rule: 'itself',
      message: `${event} is its own event, which a reaction follows without the plugin's name`,
    })),
  ];
}

export const originOf = ({ origin }: { readonly origin?: string }): string => origin ?? OUR_ORIGIN;

/** The permissions, as `<plugin>.<permission>`, that the roles have by the plugin's defaults. */
export function permissionsOf(manifest: PluginManifest, roles: readonly Role[]): string[] {
  return manifest.permissions
    .filter((permission) => permission.roles.some((role) => roles.includes(role)))
    .map((permission) => `${manifest.id}.${permission.id}`);
}
