/** The first event of a community that a reaction passed over, because the plugin was off there. */
export const passedOverSchema = (schema: string): string => `
  create table if not exists ${schema}.passed_over (
    subscriber text not null,
    community  text not null,
    position   bigint not null,
    primary key (subscriber, community)
  );
`;
