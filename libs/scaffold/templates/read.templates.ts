import type { PluginNames } from '../names/plugin-names.ts';
import { snakeCase } from '../names/words.ts';

export const rowTemplate = ({ thing, field, instant }: PluginNames): string => `
import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('${thing.table}')
@Index('${thing.table}_by_time', ['communityId', '${instant}', 'id'])
export class ${thing.type}Row {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_${thing.table}' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_${thing.table}' })
  id: string;

  @Column('text')
  ${field}: string;

  @InstantColumn()
  ${instant}: string;
}
`;

export const projectionTemplate = ({ thing, command, instant }: PluginNames): string => `
import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { ${thing.type}Row } from './${thing.file}.row.ts';
import type { ${thing.type}Event } from '../domain/${thing.file}.events.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<${thing.type}Event>) => ({
  communityId,
  id: idOfStream(stream),
});

export const ${thing.many}Projection: Projection<${thing.type}Event> = {
  name: '${thing.files}',
  version: 1,
  tables: [{ type: ${thing.type}Row, table: '${thing.table}', key: ['communityId', 'id'] }],

  touches: (event) => (event.type === '${command.event}' ? [rowKey(${thing.type}Row, keyOf(event))] : []),

  fold(event, rows) {
    if (event.type === '${command.event}')
      rows.put(${thing.type}Row, { ...keyOf(event), ...event.data, ${instant}: event.at });
  },
};

/** The ${thing.spoken} as of these first events. */
export const ${thing.one}AsOf = (events: readonly Recorded<${thing.type}Event>[]): ${thing.type}Row =>
  rowsAsOf(${thing.many}Projection, events).all(${thing.type}Row)[0]!;
`;

export const projectionSpecTemplate = ({ thing, command, field, instant }: PluginNames): string => `
import { describe, it } from '@jest/globals';
import { FIXED_NOW, projection, recorded } from '@weinao/testing';
import { ${thing.type}Row } from './${thing.file}.row.ts';
import { ${thing.many}Projection } from './${thing.files}.projection.ts';
import type { ${thing.type}Event } from '../domain/${thing.file}.events.ts';

const ${command.happened} = (id: string): ${thing.type}Event =>
  recorded<${thing.type}Event>(
    { type: '${command.event}', data: { ${field}: '一号楼门口' } },
    { stream: \`${thing.file}/sunshine/\${id}\` },
  );

describe('the ${thing.spoken} that people see', () => {
  it('is what was said of it, one row each', () => {
    const row = { communityId: 'sunshine', ${field}: '一号楼门口', ${instant}: FIXED_NOW };
    projection(${thing.many}Projection)
      .given(${command.happened}('first'), ${command.happened}('second'))
      .then(${thing.type}Row, [{ ...row, id: 'first' }, { ...row, id: 'second' }]);
  });
});
`;

export const readerTemplate = ({ thing, instant }: PluginNames): string => `
import type { InstantPlace } from '@weinao/plugins';
import type { DataSource } from 'typeorm';
import { ${thing.type}Row } from './${thing.file}.row.ts';

export class ${thing.type}Reader {
  constructor(private readonly database: DataSource) {}

  byId(communityId: string, id: string): Promise<${thing.type}Row | null> {
    return this.database.getRepository(${thing.type}Row).findOneBy({ communityId, id });
  }

  /** The newest first; one more than \`first\` where there are more. */
  page(communityId: string, first: number, after?: InstantPlace): Promise<${thing.type}Row[]> {
    const page = this.database
      .getRepository(${thing.type}Row)
      .createQueryBuilder('one')
      .where('one.communityId = :communityId', { communityId })
      .orderBy('one.${instant}', 'DESC')
      .addOrderBy('one.id', 'DESC')
      .take(first + 1);
    if (after) page.andWhere('(one.${instant}, one.id) < (:at, :id)', { at: after.at, id: after.id });
    return page.getMany();
  }

  count(communityId: string): Promise<number> {
    return this.database.getRepository(${thing.type}Row).countBy({ communityId });
  }
}
`;

export const migrationTemplate = ({ id, thing, field, instant }: PluginNames, timestamp: number): string => `
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels${timestamp} implements MigrationInterface {
  readonly name = 'CreateReadModels${timestamp}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`
      create table "${id}"."${thing.table}" (
        community_id text not null,
        id text not null,
        "${snakeCase(field)}" text not null,
        "${snakeCase(instant)}" timestamptz not null,
        constraint "PK_${thing.table}" primary key (community_id, id)
      )\`);
    await runner.query(
      'create index "${thing.table}_by_time" on "${id}"."${thing.table}" (community_id, "${snakeCase(instant)}", id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "${id}"."${thing.table}"');
  }
}
`;
