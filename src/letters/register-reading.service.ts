import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { CoverageService } from './coverage.service';
import { filterOf, type RegisterQuery } from './register-query';
import { rowView, seriesView, type RegisterView } from './register-view';
import { RegisterRepository, type RegisterFilter } from './register.repository';

/** More than an office numbers in a year. */
const WHOLE_YEAR = 100_000;

/** The rows of the register as chosen, with what decides whether a letter left in time. */
@Injectable()
export class RegisterReading {
  constructor(
    private readonly database: Database,
    private readonly register: RegisterRepository,
    private readonly coverage: CoverageService,
    private readonly clock: Clock,
  ) {}

  /** First number first. */
  async whole(reader: Reader, asked: RegisterQuery): Promise<{ year: number; rows: RegisterView[] }> {
    const filter = await this.filter(reader, asked);
    const rows = await this.views(reader, filter, { from: 0, most: WHOLE_YEAR });
    return { year: filter.year, rows: rows.reverse() };
  }

  async views(
    { communeIds }: Reader,
    filter: RegisterFilter,
    part: { from: number; most: number },
  ): Promise<RegisterView[]> {
    const found = await this.register.chosen(this.database.pool, communeIds, filter, part);
    const lastDayOf = await this.coverage.lastDays(found);
    return found.map((row) => rowView(row, lastDayOf(row)));
  }

  async filter({ communeIds }: Reader, asked: RegisterQuery): Promise<RegisterFilter> {
    const filter = filterOf(asked, asked.nam ?? this.thisYear());
    if (!asked.luc_gui) return filter;
    const sent = await this.register.sendings(this.database.pool, communeIds, filter.year);
    const lastDayOf = await this.coverage.lastDays(sent);
    const wanted = asked.luc_gui === 'trong-han';
    const ids = sent.filter((l) => dayOfInstant(l.sentAt) <= lastDayOf(l) === wanted).map((l) => l.id);
    return { ...filter, ids };
  }

  async series({ communeIds }: Reader, year: number) {
    return (await this.register.series(this.database.pool, communeIds, year)).map(seriesView);
  }

  thisYear(): number {
    return civil(dayOfInstant(this.clock.now())).year;
  }
}
