import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { labels } from '../platform/labels';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { coverageTable } from './coverage-table';
import { CoverageService } from './coverage.service';
import { LetterRepository } from './letter.repository';
import { CHANNELS, isFiltered, registerHref, type RegisterQuery } from './register-query';
import { RegisterReading } from './register-reading.service';
import { channelName } from './register-view';
import { RegisterRepository } from './register.repository';

/** The register as a page. */
@Injectable()
export class RegisterService {
  constructor(
    private readonly database: Database,
    private readonly register: RegisterRepository,
    private readonly letters: LetterRepository,
    private readonly coverage: CoverageService,
    private readonly reading: RegisterReading,
  ) {}

  async page(reader: Reader, asked: RegisterQuery): Promise<object> {
    const tx = this.database.pool;
    const { communeIds } = reader;
    const year = asked.nam ?? this.reading.thisYear();
    const filter = await this.reading.filter(reader, asked);
    const total = await this.register.count(tx, communeIds, filter);
    const { total: coverage, promises } = await this.coverage.of(communeIds, yearSpan(year));
    const from = (asked.trang - 1) * PAGE_SIZE;
    return {
      title: `${labels.letter.register} ${year}`,
      year,
      years: await this.years(reader, year),
      asked,
      filtered: isFiltered(asked),
      choices: CHOICES,
      rows: await this.reading.views(reader, filter, { from, most: PAGE_SIZE }),
      total,
      pager: pagerOf(asked.trang, total, (trang) => registerHref({ ...asked, nam: year, trang })),
      coverage,
      table: coverageTable(promises, year),
      totals: await this.register.totals(tx, communeIds, year),
      series: await this.reading.series(reader, year),
      hrefs: hrefsOf(asked, year),
      onDesk: await this.letters.countUnsent(tx, communeIds),
      mayWrite: reader.role === 'clerk',
    };
  }

  private async years({ communeIds }: Reader, shown: number): Promise<number[]> {
    const known = await this.register.years(this.database.pool, communeIds);
    const now = this.reading.thisYear();
    return [...new Set([now, now - 1, shown, ...known])].sort((a, b) => b - a);
  }
}

export const yearSpan = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });

const optionsOf = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const CHOICES = {
  states: optionsOf(words.state),
  channels: CHANNELS.map((value) => ({ value, label: channelName(value) })),
  timings: optionsOf(words.timing),
  months: Array.from({ length: 12 }, (_, i) => ({ value: i + 1, label: words.month(i + 1) })),
  evidences: optionsOf(words.evidence),
};

const hrefsOf = (asked: RegisterQuery, nam: number) => ({
  all: registerHref({ nam }),
  workbook: registerHref({ ...asked, nam, trang: 1 }, '/so-thu-xin-loi.xlsx'),
  paper: registerHref({ ...asked, nam, trang: 1 }, '/so-thu-xin-loi.pdf'),
  unproven: registerHref({ nam, minh_chung: 'thieu' }),
  wordsOnly: registerHref({ nam, minh_chung: 'chua-tep' }),
  cancelled: registerHref({ nam, tinh_trang: 'da-huy' }),
});
