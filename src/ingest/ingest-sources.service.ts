import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import { cleanText } from './clean-text';
import { IngestSourceRepository, type IngestSource } from './ingest-source.repository';
import type { RunShape } from './run';

const PORTAL = 'cong-quoc-gia';
const ONE_STOP = 'mot-cua';
const LONGEST_NAME = 100;

/** Where the rows come from when nobody says it: portal payloads from the portal, lists from the one-stop system. */
export const usualSource = (shape: RunShape): string =>
  shape === 'json' || shape === 'ndjson' ? PORTAL : ONE_STOP;

/** The systems in which cases are born. */
@Injectable()
export class IngestSources {
  constructor(
    private readonly database: Database,
    private readonly sources: IngestSourceRepository,
  ) {}

  all(): Promise<IngestSource[]> {
    return this.sources.all(this.database.pool);
  }

  /**
   * Code of the system that pushes: the portal, unless it names another one of those there are.
   * @throws AppError SOURCE_UNKNOWN with the codes
   */
  async pushed(text: string | undefined): Promise<string> {
    const known = await this.sources.find(this.database.pool, text ?? PORTAL);
    if (known) return known.code;
    const codes = (await this.all()).map(({ code }) => code).join(', ');
    throw new AppError('SOURCE_UNKNOWN', { source: (text ?? PORTAL).slice(0, 80), known: codes });
  }

  /** By code or name; a name nobody has used is a new system. @throws AppError SOURCE_NAME */
  async named(text: string): Promise<IngestSource> {
    const name = cleanText(text);
    const code = name === null ? '' : codeOf(name);
    if (name === null || code === '' || name.length > LONGEST_NAME)
      throw new AppError('SOURCE_NAME', { name: text });
    const known = await this.sources.find(this.database.pool, name);
    if (known) return known;
    await this.sources.insert(this.database.pool, { code, name });
    return (await this.sources.find(this.database.pool, name)) ?? { code, name };
  }
}

/** 'Hệ thống của Bộ Tư pháp' -> 'he-thong-cua-bo-tu-phap' */
const codeOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
