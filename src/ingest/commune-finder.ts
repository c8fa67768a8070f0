import { plainWords } from '../units/department-name';

export interface KnownCommune {
  id: number;
  /** 'H35.50.12' */
  code: string;
  /** with its kind: 'Xã Bình Lư' */
  name: string;
}

/**
 * The commune a row of a province's list belongs to: by the office that received the case, else by the identifier the
 * code of the case begins with, in the order of today ('H35.50.12') or that of TT 01/2018 Đ19 ('000.12.50.H35').
 */
export class CommuneFinder {
  private readonly named = new Map<string, number | null>();
  private readonly byIdentifier = new Map<string, number>();
  private readonly words: { id: number; words: string }[];

  constructor(communes: readonly KnownCommune[]) {
    this.words = communes.map(({ id, name }) => ({ id, words: ` ${plainWords(name)} ` }));
    for (const { id, code } of communes) {
      this.byIdentifier.set(code, id);
      this.byIdentifier.set(`000.${code.split('.').reverse().join('.')}`, id);
    }
  }

  /** Null when the row names no commune that is known, or several. */
  of(receivingUnit: string | null, code: string): number | null {
    const byName = receivingUnit === null ? null : this.byName(receivingUnit);
    return byName ?? this.byIdentifier.get(code.slice(0, code.indexOf('-'))) ?? null;
  }

  private byName(text: string): number | null {
    const known = this.named.get(text);
    if (known !== undefined) return known;
    const found = this.findByName(` ${plainWords(text)} `);
    this.named.set(text, found);
    return found;
  }

  /** "Xã Mường Lay Hai" also holds "Xã Mường Lay": the longest name counts. */
  private findByName(text: string): number | null {
    const meant = this.words
      .filter((c) => text.includes(c.words))
      .sort((a, b) => b.words.length - a.words.length);
    const [best, next] = meant;
    return best === undefined || next?.words.length === best.words.length ? null : best.id;
  }
}

/** In a list of one commune every row is of that one. */
export function communeFinder(
  communes: readonly KnownCommune[],
): (row: { receivingUnit: string | null; code: string }) => number | null {
  const [only, second] = communes;
  if (only && !second) return () => only.id;
  const finder = new CommuneFinder(communes);
  return ({ receivingUnit, code }) => finder.of(receivingUnit, code);
}
