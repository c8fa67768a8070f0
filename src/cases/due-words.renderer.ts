import { Injectable } from '@nestjs/common';
import { Parser } from 'htmlparser2';
import { Clock } from '../platform/clock';
import { ViewEngine } from '../web/view-engine';
import type { AccountView } from './due-view';

/** The account of a due date in the words of the pages, as plain text. */
@Injectable()
export class DueWords {
  constructor(
    private readonly engine: ViewEngine,
    private readonly clock: Clock,
  ) {}

  sentences({ due, steps }: AccountView): string[] {
    return listItems(this.engine.fragment('cases/due-words', { due, steps }, { now: this.clock.now() }));
  }
}

/** The text of each list item, blanks as in print. */
function listItems(html: string): string[] {
  const items: string[] = [];
  const parser = new Parser({
    onopentagname: (name) => void (name === 'li' && items.push('')),
    ontext: (text) => void (items.length > 0 && (items[items.length - 1] += text)),
  });
  parser.end(html);
  return items.map((item) => item.replace(/\s+/g, ' ').trim());
}
