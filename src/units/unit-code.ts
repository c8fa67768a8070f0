import { plainWords } from './department-name';
import { initialsOf } from './unit-settings';

const LONGEST = 24;

/**
 * A readable code from the initials that is not taken: "PKT", else with the commune's code "PKT-H35.50.12", else
 * numbered "PKT-2". Codes are unique in the whole system.
 */
export function freeUnitCode(name: string, communeCode: string, taken: ReadonlySet<string>): string {
  const base = plainWords(initialsOf(name)).replaceAll(' ', '').toUpperCase().slice(0, LONGEST) || 'DV';
  const withCommune = `${base}-${communeCode}`;
  for (const code of [base, withCommune]) if (!taken.has(code)) return code;
  for (let n = 2; ; n += 1) if (!taken.has(`${withCommune}-${n}`)) return `${withCommune}-${n}`;
}
