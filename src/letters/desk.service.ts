import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { hindranceOf } from './confirmation';
import { deskGroups, inDeskOrder } from './desk-list';
import type { TypedDraft } from './draft-form';
import { MAX_REASON, reasonGroups } from './letter-reason';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterPreview } from './letter-preview.service';
import { isUnsent } from './letter.service';
import { LetterRepository, type Letter } from './letter.repository';

/** More letters than one page can show in a useful time; the rest follows when these are done. */
const SHOWN = 500;

export interface DeskRequest {
  /** the letter shown on paper; null: the first of the list */
  letter: Letter | null;
  pickAll: boolean;
  /** what stands in the form, when it was not saved */
  typed: TypedDraft | null;
}

/** The letter desk: the list, the letter on paper, the form beside it. */
@Injectable()
export class DeskService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly series: LetterSeriesRepository,
    private readonly paper: LetterPreview,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, request: DeskRequest): Promise<object> {
    const tx = this.database.pool;
    const now = this.clock.now();
    const listed = await this.letters.onDesk(tx, reader.communeIds, SHOWN);
    const total =
      listed.length < SHOWN ? listed.length : await this.letters.countUnsent(tx, reader.communeIds);
    const [first] = inDeskOrder(listed, now);
    const shown = request.letter ?? first ?? null;
    const unitId = shown?.unitId ?? reader.communeIds[0] ?? reader.unitId;
    const { calendar, office } = await this.paper.ground(unitId);
    const year = civil(dayOfInstant(now)).year;
    const suffix = office.settings.numberSuffix;
    return {
      mayWrite: reader.role === 'clerk',
      series: { year, suffix, next: await this.series.nextNumber(tx, unitId, year, suffix) },
      groups: deskGroups(listed, { current: shown?.id ?? null, pickAll: request.pickAll, calendar, now }),
      total,
      more: total - listed.length,
      pickAll: request.pickAll,
      pickable: listed.filter((l) => hindranceOf(l) === null).length,
      numbered: listed.filter(isUnsent).length,
      letter: shown && (await this.paper.view(shown, request.typed)),
      reasons: reasonGroups,
      maxReason: MAX_REASON,
    };
  }
}
