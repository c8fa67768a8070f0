import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { badgeOf } from './case-badge';
import { CaseRepository, COUNT_CAP, type CaseSearch } from './case.repository';

/** The list of all cases, closed ones too. */
@Injectable()
export class CaseListService {
  constructor(
    private readonly cases: CaseRepository,
    private readonly calendars: CalendarService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest reception first. */
  async list(reader: Reader, search: CaseSearch, page: number): Promise<object> {
    const tx = this.database.pool;
    const now = this.clock.now();
    const window = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const [rows, total] = await Promise.all([
      this.cases.search(tx, reader.communeIds, search, window),
      this.cases.countMatches(tx, reader.communeIds, search),
    ]);
    const book = await this.calendars.book(tx);
    const shown = Math.min(total, COUNT_CAP);
    return {
      ...search,
      rows: rows.map((row) => ({
        ...row,
        badge: badgeOf(row, book.of(row.calendarUnitId).calendar, now),
        late: row.status === 1 && row.acceptanceDueAt !== null && row.acceptanceDueAt < now,
      })),
      total: shown,
      capped: total > COUNT_CAP,
      pager: pagerOf(page, shown, (n) => address(search, n)),
    };
  }
}

function address({ text, awaiting }: CaseSearch, page: number): string {
  const search = new URLSearchParams();
  if (text) search.set('tim', text);
  if (awaiting) search.set('cho', 'tiep-nhan');
  if (page > 1) search.set('trang', String(page));
  return search.size > 0 ? `/ho-so?${search.toString()}` : '/ho-so';
}
