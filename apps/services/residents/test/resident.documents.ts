const RESIDENT = /* GraphQL */ `
  fragment whole on Resident {
    id
    name
    birthDate
    age
    phone
    building
    unit
    room
    livesAlone
    tags
  }
`;

export const REGISTER = `mutation ($input: RegisterResidentInput!) { registerResident(input: $input) { ...whole } } ${RESIDENT}`;
export const AMEND = `mutation ($id: ID!, $input: AmendResidentInput!) { amendResident(id: $id, input: $input) { ...whole } } ${RESIDENT}`;
export const MOVE_OUT = `mutation ($id: ID!) { moveResidentOut(id: $id) { ...whole } } ${RESIDENT}`;
export const IMPORT = `mutation ($csv: String!) { importResidents(csv: $csv) { created updated } }`;
export const READ = `query ($id: ID!) { resident(id: $id) { ...whole } } ${RESIDENT}`;
export const LIST = `query ($filter: ResidentFilter, $first: Int = 50, $after: String) {
  residents(filter: $filter, first: $first, after: $after) {
    nodes { ...whole } pageInfo { hasNextPage endCursor } totalCount
  }
} ${RESIDENT}`;

export const zhao = {
  id: 'zhao',
  name: '赵秀英',
  birthDate: '1941-03-05',
  phone: '0571-88881234',
  building: '3号楼',
  unit: '2单元',
  room: '301',
  livesAlone: true,
  tags: ['独居老人'],
};
