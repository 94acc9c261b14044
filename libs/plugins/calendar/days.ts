/** The date at an instant, where the clocks show that zone; YYYY-MM-DD. */
export const dayIn = (timeZone: string | undefined, instant: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));

/** In whole years. Who was born on the 29th of February grows older on the 1st of March of other years. */
export function ageOn(today: string, birthDate: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Who was born on this day or before it is at least so old today. Both YYYY-MM-DD; such texts sort like the days. */
export const bornBy = (today: string, age: number): string =>
  `${String(Number(today.slice(0, 4)) - age).padStart(4, '0')}${today.slice(4)}`;
