/** Milliseconds of the machine's monotonic clock: one clock for all its processes, and nobody sets it. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
