import { LocalIssuer } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const issuer = await LocalIssuer.open(directory);
console.log(
  await issuer.issue({ subject: 'wang', roles: ['worker'], communityId: 'osmanthus-court', lifetime: '1h' }),
);
