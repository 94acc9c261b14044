import { crashProof } from './crash/crash.proof.ts';
import { orderProof } from './order/order.proof.ts';
import { diskProof } from './disk/disk.proof.ts';
import { poisonProof } from './poison/poison.proof.ts';
import { slowProof } from './slow/slow.proof.ts';
import { switchingProof } from './switching/switching.proof.ts';
import { timersProof } from './timers/timers.proof.ts';
import type { Proof } from './course/proof.ts';

export const proofs: readonly Proof[] = [
  orderProof,
  crashProof,
  timersProof,
  poisonProof,
  slowProof,
  diskProof,
  switchingProof,
];
