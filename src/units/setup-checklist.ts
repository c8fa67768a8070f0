import { Injectable } from '@nestjs/common';
import type { Reader } from '../web/reader';

export interface SetupItem {
  label: string;
  href: string;
  done: boolean;
  /** one sentence: what is there already, or what is missing */
  detail: string;
}

/** Null: there is nothing to say. */
type Question = (reader: Reader) => Promise<SetupItem | null>;

/** The order in which a new commune does things; a name that is not here comes last. */
const ORDER = ['commune', 'accounts', 'procedures', 'cases', 'incomplete-units', 'incomplete-procedures'];

const rank = (name: string): number => {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
};

/** "Việc cần làm" on the administrator's first page. Features register their line when they start. */
@Injectable()
export class SetupChecklist {
  private readonly questions = new Map<string, Question>();

  register(name: string, question: Question): void {
    this.questions.set(name, question);
  }

  async of(reader: Reader): Promise<SetupItem[]> {
    const ordered = [...this.questions].sort(([a], [b]) => rank(a) - rank(b));
    const items = await Promise.all(ordered.map(([, question]) => question(reader)));
    return items.filter((item) => item !== null);
  }
}
