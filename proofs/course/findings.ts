const MOST_SHOWN = 8;

interface Finding {
  checked: number;
  readonly broken: string[];
}

/** What a proof has looked at, and what it found wrong, by invariant. */
export class Findings<Invariant extends string = string> {
  private readonly found: Map<Invariant, Finding>;

  constructor(private readonly invariants: Readonly<Record<Invariant, string>>) {
    const names = Object.keys(invariants) as Invariant[];
    this.found = new Map(names.map((name) => [name, { checked: 0, broken: [] }]));
  }

  /** That so many were looked at; each that is wrong is told by `broken` besides. */
  checked(invariant: Invariant, count = 1): void {
    this.found.get(invariant)!.checked += count;
  }

  broken(invariant: Invariant, what: string): void {
    this.found.get(invariant)!.broken.push(what);
  }

  /** Looks at one: what is given is wrong about it. */
  check(invariant: Invariant, wrong: string | undefined | false): void {
    this.checked(invariant);
    if (wrong) this.broken(invariant, wrong);
  }

  violated(): Invariant[] {
    return [...this.found].flatMap(([name, { broken }]) => (broken.length > 0 ? [name] : []));
  }

  /** An invariant that nothing was checked of is no proof of anything. */
  unchecked(): Invariant[] {
    return [...this.found].flatMap(([name, { checked }]) => (checked === 0 ? [name] : []));
  }

  lines(): string[] {
    return [...this.found].flatMap(([name, { checked, broken }]) => {
      const mark = broken.length > 0 ? '✗' : checked === 0 ? '?' : '✓';
      const count = broken.length > 0 ? `${figure(broken.length)} of ${figure(checked)}` : figure(checked);
      const more = broken.length > MOST_SHOWN ? [`    … and ${broken.length - MOST_SHOWN} more`] : [];
      return [
        `  ${mark} ${name.padEnd(14)} ${this.invariants[name]}: ${count}`,
        ...broken.slice(0, MOST_SHOWN).map((what) => `    ${what}`),
        ...more,
      ];
    });
  }
}

export const figure = (value: number): string => value.toLocaleString('en-US');
