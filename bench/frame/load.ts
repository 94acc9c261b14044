/** Keeps so many callers busy for a while. @returns finished calls a second */
export async function callsASecond(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<unknown>,
): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let calls = 0;
  const keepCalling = async (caller: number): Promise<void> => {
    while (performance.now() < end) {
      await call(caller);
      calls++;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => keepCalling(caller)));
  return calls / ((performance.now() - begin) / 1000);
}
