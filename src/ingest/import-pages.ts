import { Injectable } from '@nestjs/common';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { FIELDS, FIELD_WORDS } from './fields';
import type { MappedHeading } from './headings';
import type { RunCounts, RunDetail } from './run';
import { RunLog } from './run-log.service';
import { UPLOAD_LIMIT_MB } from './upload';

const ADDRESS = '/quan-tri/nhap-ho-so';
const SHOWN_WARNINGS = 20;

/** View models of the import pages. */
@Injectable()
export class ImportPages {
  constructor(private readonly runs: RunLog) {}

  async history(reader: Reader, page: number) {
    const total = await this.runs.count(reader.communeIds);
    const runs = await this.runs.latest(reader.communeIds, PAGE_SIZE, (page - 1) * PAGE_SIZE);
    return {
      limitMb: UPLOAD_LIMIT_MB,
      runs: runs.map((run) => ({ ...run, href: `${ADDRESS}/${run.id}` })),
      pager: pagerOf(page, total, pageOf(ADDRESS)),
    };
  }

  async run(reader: Reader, id: number, page: number) {
    const run = await this.runs.detail(id, reader.communeIds);
    const faults = await this.runs.faults(id, 'fault', PAGE_SIZE, (page - 1) * PAGE_SIZE);
    const described = await this.runs.countFaults(id, 'fault');
    return {
      title: run.fileName,
      run: { ...run, size: sizeOf(run.fileSize), stored: run.created + run.updated },
      bar: run.rows === 0 ? null : barOf(run),
      faults,
      described,
      pager: pagerOf(page, described, pageOf(`${ADDRESS}/${id}`)),
      warnings: await this.runs.faults(id, 'warning', SHOWN_WARNINGS),
      mapped: mappedOf(run),
      unused: run.mapping.filter((m) => m.field === null).map((m) => m.heading),
    };
  }
}

/** Recognised headings in the order of the fields, beside the field's own name. */
function mappedOf({ mapping }: RunDetail): { label: string; heading: string }[] {
  const rank = (m: MappedHeading) => FIELDS.indexOf(m.field!);
  return mapping
    .filter((m) => m.field !== null)
    .sort((a, b) => rank(a) - rank(b))
    .map((m) => ({ label: FIELD_WORDS[m.field!].label, heading: m.heading }));
}

/** Parts of the bar in percent of the rows; `x` is where a part begins. */
function barOf({ rows, created, updated, unchanged, faulty }: RunCounts) {
  const percent = (part: number): number => Math.round((part * 10_000) / rows) / 100;
  let before = 0;
  const parts = [created, updated, unchanged, faulty].map((part, i) => {
    const drawn = { cls: `s${i + 1}`, x: percent(before), width: percent(part) };
    before += part;
    return drawn;
  });
  return parts.filter((p) => p.width > 0);
}

const pageOf = (address: string) => (page: number) => (page === 1 ? address : `${address}?trang=${page}`);

/** Size in the unit a person would say: bytes, KB or MB. */
function sizeOf(bytes: number): { amount: number; unit: string } {
  if (bytes < 1_024) return { amount: bytes, unit: 'byte' };
  if (bytes < 1_024 * 1_024) return { amount: Math.round(bytes / 1_024), unit: 'KB' };
  return { amount: Math.round((bytes * 10) / (1_024 * 1_024)) / 10, unit: 'MB' };
}
