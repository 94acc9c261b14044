import type { ThingNames } from '../names/plugin-names.ts';

/** A further read model: how often an event happened in each community. */
export interface AddedProjection {
  readonly id: string;
  readonly thing: ThingNames;
  /** item-count */
  readonly file: string;
  /** ItemCount */
  readonly type: string;
  /** itemCount */
  readonly one: string;
  /** item_count */
  readonly table: string;
  readonly event: string;
  readonly timestamp: number;
}

export const rowTemplate = ({ type, table }: AddedProjection): string => `
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('${table}')
export class ${type}Row {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_${table}' })
  communityId: string;

  @Column('integer')
  count: number;
}
`;

export const projectionTemplate = ({ thing, file, type, one, table, event }: AddedProjection): string => `
import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';
import { ${type}Row } from './${file}.row.ts';
import type { ${thing.type}Event } from '../domain/${thing.file}.events.ts';

/** How often ${event} happened in each community. */
export const ${one}Projection: Projection<${thing.type}Event> = {
  name: '${file}',
  version: 1,
  tables: [{ type: ${type}Row, table: '${table}', key: ['communityId'] }],

  touches: ({ type, metadata: { communityId } }) =>
    type === '${event}' ? [rowKey(${type}Row, { communityId })] : [],

  fold({ type, metadata: { communityId } }, rows) {
    if (type !== '${event}') return;
    const before = rows.get(${type}Row, { communityId });
    rows.put(${type}Row, { communityId, count: (before?.count ?? 0) + 1 });
  },
};
`;

export const specTemplate = ({ thing, file, type, one, event }: AddedProjection, data: string): string => `
import { describe, it } from '@jest/globals';
import { projection, recorded } from '@weinao/testing';
import { ${one}Projection } from './${file}.projection.ts';
import { ${type}Row } from './${file}.row.ts';
import type { ${thing.type}Event } from '../domain/${thing.file}.events.ts';

const happened = (communityId: string, id: string): ${thing.type}Event =>
  recorded<${thing.type}Event>(
    { type: '${event}', data: ${data} },
    { communityId, stream: \`${thing.file}/\${communityId}/\${id}\` },
  );

describe('${one}', () => {
  it('counts each community for itself', () => {
    projection(${one}Projection)
      .given(happened('sunshine', 'first'), happened('riverside', 'other'), happened('sunshine', 'second'))
      .then(${type}Row, [{ communityId: 'sunshine', count: 2 }, { communityId: 'riverside', count: 1 }]);
  });
});
`;

export const readerTemplate = ({ file, type }: AddedProjection): string => `
import type { DataSource } from 'typeorm';
import { ${type}Row } from './${file}.row.ts';

export class ${type}Reader {
  constructor(private readonly database: DataSource) {}

  async of(communityId: string): Promise<number> {
    const row = await this.database.getRepository(${type}Row).findOneBy({ communityId });
    return row?.count ?? 0;
  }
}
`;

export const resolverTemplate = ({ id, file, type, one, event }: AddedProjection): string => `
import { Context, Int, Query, Resolver } from '@nestjs/graphql';
import { Permission, PluginRequest } from '@weinao/plugins';
import { ${type}Reader } from '../read/${file}.reader.ts';

@Resolver()
export class ${type}Resolver {
  constructor(private readonly reader: ${type}Reader) {}

  @Query(() => Int, { description: 'How often ${event} happened' })
  @Permission('${id}.read')
  ${one}(@Context() { communityId }: PluginRequest): Promise<number> {
    return this.reader.of(communityId);
  }
}
`;

export const migrationTemplate = ({ id, type, table, timestamp }: AddedProjection): string => `
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Create${type}${timestamp} implements MigrationInterface {
  readonly name = 'Create${type}${timestamp}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`
      create table "${id}"."${table}" (
        community_id text not null,
        count integer not null,
        constraint "PK_${table}" primary key (community_id)
      )\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "${id}"."${table}"');
  }
}
`;
