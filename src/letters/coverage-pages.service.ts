import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { coverageOf, type CoverageClass } from '../domain/apology-coverage';
import { civil, dayOfInstant, isoDay } from '../domain/local-date';
import { paddedNumber } from '../documents/document-format';
import { Clock } from '../platform/clock';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { coverageTable, quarterOf } from './coverage-table';
import { COVERAGE_SLUGS, coverageHref, type CoverageQuery } from './coverage-query';
import { CoverageService, type OwedPromise } from './coverage.service';
import { LetterRepository } from './letter.repository';
import { yearSpan } from './register.service';

/** The promises of a year that were not kept, one by one. */
@Injectable()
export class CoveragePages {
  constructor(
    private readonly database: Database,
    private readonly coverage: CoverageService,
    private readonly letters: LetterRepository,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, asked: CoverageQuery): Promise<object> {
    const year = asked.nam ?? civil(dayOfInstant(this.clock.now())).year;
    const { promises } = await this.coverage.of(reader.communeIds, yearSpan(year));
    const ofTime = promises.filter((p) => inTimeOf(p, asked));
    const wanted = ofTime.filter((p) => isOfClass(p.class, asked));
    const from = (asked.trang - 1) * PAGE_SIZE;
    return {
      year,
      asked,
      coverage: coverageOf(ofTime.map((p) => p.class)),
      table: coverageTable(promises, year),
      rows: wanted.slice(from, from + PAGE_SIZE).map(promiseView),
      total: wanted.length,
      pager: pagerOf(asked.trang, wanted.length, (trang) => coverageHref({ ...asked, nam: year, trang })),
      classes: classLinks(ofTime, { ...asked, nam: year }),
      period: periodName(asked, year),
      all: coverageHref({ nam: year }),
      onDesk: await this.letters.countUnsent(this.database.pool, reader.communeIds),
    };
  }
}

const inTimeOf = ({ deadlineDay }: OwedPromise, { thang, quy }: CoverageQuery): boolean => {
  const month = Number(deadlineDay.slice(5, 7));
  return (!thang || month === thang) && (!quy || quarterOf(month) === quy);
};

const isOfClass = (name: CoverageClass, { loai }: CoverageQuery): boolean =>
  loai === undefined || COVERAGE_SLUGS[loai].includes(name);

function periodName({ thang, quy }: CoverageQuery, year: number): string {
  if (thang) return `${words.month(thang)} năm ${year}`;
  return quy ? `${words.quarter(quy)} năm ${year}` : `năm ${year}`;
}

function classLinks(promises: OwedPromise[], asked: CoverageQuery) {
  const slugs = Object.keys(COVERAGE_SLUGS) as (keyof typeof COVERAGE_SLUGS)[];
  const links = slugs.map((loai) => ({
    href: coverageHref({ ...asked, loai, trang: 1 }),
    label: `${words.coverageSlug[loai]} (${promises.filter((p) => COVERAGE_SLUGS[loai].includes(p.class)).length})`,
    current: asked.loai === loai,
  }));
  const all = coverageHref({ ...asked, loai: undefined, trang: 1 });
  return [{ href: all, label: `Tất cả (${promises.length})`, current: !asked.loai }, ...links];
}

function promiseView(p: OwedPromise) {
  return {
    code: p.code,
    applicant: p.applicantName,
    procedure: p.procedureName,
    deadlineAt: p.deadlineAt,
    settledDay: p.settledDay,
    lastDay: isoDay(p.lastDay),
    number: p.number === null ? null : `${paddedNumber(p.number)}/${p.suffix ?? ''}`,
    letterDate: p.letterDate,
    sentAt: p.sentAt,
    className: words.coverage[p.class],
    tone: TONES[p.class],
    why: p.class === 'not-needed' ? p.notNeededReason : null,
    hasLetter: p.letterId !== null,
  };
}

const TONES: Record<CoverageClass, string> = {
  'in-time': 'safe',
  late: 'soon',
  waiting: 'late',
  'not-needed': 'none',
  missing: 'late',
  excused: 'info',
};
