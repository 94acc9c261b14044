const DURATION =
  /^P(?=.)(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const SECONDS = [7 * 86_400, 86_400, 3_600, 60, 1];

/** Seconds of an ISO 8601 duration in weeks, days, hours, minutes and whole seconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [whole, ...parts] = DURATION.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * SECONDS[index]!, 0);
}
