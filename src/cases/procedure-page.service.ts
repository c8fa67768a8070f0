import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { LimitChange, LimitPreview, type NewLimit } from './limit-change.service';
import { readLimit, shownLimit, stepRows, typedPairs, type LimitForm } from './limit-form';
import type { Moves } from './move-count';
import { slugOf } from './procedure-name';
import { ProcedureRepository, type ProcedureLine } from './procedure.repository';
import { SINCE_EVER } from './procedure.service';
import { typed } from '../web/typed-instant';

export type LimitAnswer =
  | { kind: 'refused'; faults: FormFault[] }
  /** nothing written yet: the form again, or what saving it would do */
  | { kind: 'shown'; model: object }
  | { kind: 'saved'; changed: number };

/** The administrator's pages about procedures and their limits. */
@Injectable()
export class ProcedurePageService {
  constructor(
    private readonly repository: ProcedureRepository,
    private readonly change: LimitChange,
    private readonly preview: LimitPreview,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(reader: Reader, text: string | null) {
    const lines = await this.repository.list(this.database.pool, reader.communeIds, text);
    const views = lines.map((line) => ({ ...line, slug: slugOf(line) }));
    return {
      text,
      missing: views.filter((line) => line.limit === null),
      complete: views.filter((line) => line.limit !== null),
    };
  }

  /** @param typedForm what somebody typed; without it the newest limit */
  async page(reader: Reader, slug: string, typedForm?: LimitForm) {
    const procedure = await this.find(reader, slug);
    const tx = this.database.pool;
    const versions = await this.repository.limitsOf(tx, [procedure.id]);
    const form = typedForm ?? shownLimit(procedure.limit, typed(this.clock.now()).day);
    return {
      title: procedure.name,
      procedure: { ...procedure, slug },
      versions: versions.reverse().map((v) => ({ ...v, ever: v.validFrom === SINCE_EVER })),
      departments: await this.repository.departmentNames(tx, reader.communeIds),
      first: versions.length === 0,
      form,
      steps: stepRows(form),
      preview: null,
    };
  }

  /** A limit that moves dates, or that stands before the newest one, is shown once more before it is saved. */
  async set(reader: Reader, slug: string, form: LimitForm): Promise<LimitAnswer> {
    if (form.viec === 'them-buoc' || form.viec === 'sua')
      return { kind: 'shown', model: await this.page(reader, slug, form) };
    const procedure = await this.find(reader, slug);
    const read = readLimit(form, procedure.limit === null ? SINCE_EVER : null);
    if (read.faults !== null) return { kind: 'refused', faults: read.faults };
    if (form.viec !== 'xac-nhan') {
      const moves = await this.preview.movesOf(procedure.id, read);
      const page = await this.page(reader, slug, form);
      const newest = page.versions[0]?.validFrom ?? null;
      const earlier = newest !== null && read.validFrom < newest ? newest : null;
      if (moves.moved > 0 || earlier !== null)
        return { kind: 'shown', model: { ...page, preview: previewOf(form, read, moves, earlier) } };
    }
    return { kind: 'saved', ...(await this.change.apply(reader, procedure, read)) };
  }

  private async find(reader: Reader, slug: string): Promise<ProcedureLine> {
    const procedure = await this.repository.bySlug(this.database.pool, slug, reader.communeIds);
    if (!procedure) throw new AppError('PROCEDURE_NOT_FOUND', { slug });
    return procedure;
  }
}

/** @param newest first day of a version that stays in force after this one; null when this is the newest */
const previewOf = (form: LimitForm, { limit, validFrom }: NewLimit, moves: Moves, newest: string | null) => ({
  typed: typedPairs(form),
  limit,
  validFrom,
  ever: validFrom === SINCE_EVER,
  moves,
  newest,
});
