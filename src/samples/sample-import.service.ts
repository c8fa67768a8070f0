import { Injectable } from '@nestjs/common';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CalendarService } from '../calendars/calendar.service';
import { atSecond, parseIsoDay, toLocalSecond } from '../domain/local-date';
import { IngestService } from '../ingest/ingest.service';
import { Clock } from '../platform/clock';
import { consoleText } from '../platform/console-text';
import type { Progress } from '../platform/progress';
import { Runtime } from '../platform/runtime';
import { casesUpTo } from './current-year';
import { writePortalList } from './portal-list.writer';
import type { SampleCase } from './sample-case';
import { writeCatalogue, writeSyncFile } from './sync-file.writer';
import { submissionBefore, waitingSubmissions } from './waiting-submissions';
import { casesOf2025 } from './year-2025';

/** The list of 2025 does not tell when a case was submitted. */
const FIRST_TOLD = atSecond(parseIsoDay('2026-01-01'), 0);
const text = consoleText.sample;
const grouped = new Intl.NumberFormat('vi-VN');
const count = (cases: SampleCase[]): string => grouped.format(cases.length);

/** Writes the sample files in the shapes of the real systems and imports them like any other file. */
@Injectable()
export class SampleImport {
  constructor(
    private readonly ingest: IngestService,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
    private readonly runtime: Runtime,
  ) {}

  async importAll(progress: Progress): Promise<void> {
    const { calendar } = await this.calendars.of(null);
    const of2025 = casesOf2025(calendar);
    const open = of2025.filter((record) => record.finishedAt === null);
    const now = toLocalSecond(this.clock.now());
    const told = casesUpTo(now, calendar, open).map((record) =>
      record.channel === 'online' && record.receivedAt >= FIRST_TOLD
        ? { ...record, submittedAt: submissionBefore(record.receivedAt, calendar) }
        : record,
    );
    const sinceThen = [...told, ...waitingSubmissions(now, calendar)];
    await this.step(progress, text.catalogue, 'Danh mục thủ tục.json', writeCatalogue);
    await this.step(progress, text.year(2025, count(of2025)), 'Danh sách hồ sơ năm 2025.xlsx', (file) =>
      writePortalList(of2025, file),
    );
    await this.step(progress, text.current(count(sinceThen)), 'Đồng bộ hồ sơ từ 01-2026.json', (file) =>
      writeSyncFile(sinceThen, file),
    );
  }

  private async step(
    progress: Progress,
    what: string,
    fileName: string,
    write: (file: string) => Promise<void>,
  ): Promise<void> {
    const folder = path.join(this.runtime.dataDir, 'sample');
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, fileName);
    const { faulty } = await progress.step(what, async () => {
      await write(file);
      return this.ingest.importFile({ path: file, fileName, channel: 'sample', actor: 'sample' });
    });
    if (faulty > 0) progress.line(text.faults(faulty, fileName));
  }
}
