import { Injectable } from '@nestjs/common';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { IMPORTS, runHref } from './import-address';
import { importReach } from './import-reach';
import { OTHER_SOURCE, SOURCE_BY_FILE, stateGroups } from './import-words';
import { IngestSources } from './ingest-sources.service';
import { RunLog } from './run-log.service';
import type { RunFilter } from './run-report.repository';
import type { RunState } from './run';
import { UPLOAD_LIMIT_MB } from './upload';

export interface HistoryQuery {
  trang: number;
  tinh_trang?: string | undefined;
  nguon?: string | undefined;
}

export interface TypedSource {
  nguon: string;
  nguon_khac: string;
}

/** View model of the page where a file is chosen and the imports before it are listed. */
@Injectable()
export class ImportPages {
  constructor(
    private readonly runs: RunLog,
    private readonly sources: IngestSources,
  ) {}

  async history(reader: Reader, query: HistoryQuery, typed: TypedSource = { nguon: '', nguon_khac: '' }) {
    const { trang, tinh_trang = '', nguon = '' } = query;
    const group = stateGroups.find(({ value }) => value === tinh_trang);
    const filter: RunFilter = { states: (group?.states ?? null) as RunState[] | null, source: nguon || null };
    const window = { limit: PAGE_SIZE, offset: (trang - 1) * PAGE_SIZE };
    const sources = (await this.sources.all()).map(({ code, name }) => ({ value: code, label: name }));
    const runs = await this.runs.latest(importReach(reader), filter, window);
    const total = await this.runs.count(importReach(reader), filter);
    return {
      limitMb: UPLOAD_LIMIT_MB,
      form: typed,
      sources: [{ value: '', label: SOURCE_BY_FILE }, ...sources, OTHER_SOURCE],
      filter: { state: tinh_trang, source: nguon, on: filter.states !== null || filter.source !== null },
      states: stateGroups,
      usedSources: sources,
      runs: runs.map((run) => ({ ...run, href: runHref(run.id) })),
      pager: pagerOf(trang, total, pageOf({ tinh_trang, nguon })),
    };
  }
}

const pageOf = (filter: Record<string, string>) => (page: number) => {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  if (page > 1) query.set('trang', String(page));
  return query.size === 0 ? IMPORTS : `${IMPORTS}?${query.toString()}`;
};
