import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { toInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { invalid, redirect, type Invalid, type Redirect } from '../web/page';
import type { Reader } from '../web/reader';
import { MOST_PAUSES } from './calculation-faults';
import {
  askedByQuery,
  asksAnything,
  atInput,
  pauseRows,
  type calculationPageQuery,
  type CalculationQuery,
} from './calculation-form';
import { sameQuery } from './calculation-link';
import { CalculationService, type Answer } from './calculation.service';
import { accountView } from './due-view';
import { foldStrip } from './strip-fold';
import { typed } from '../web/typed-instant';

/** Rows of pauses on offer. */
const ROWS = 3;
/** Two lines of days beside the form, and one. */
const STRIP = 26;
const LINE = 14;

/** The page that tells when something would be due. */
@Injectable()
export class CalculationPage {
  constructor(
    private readonly calculations: CalculationService,
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  async page(
    reader: Reader,
    { them, ...query }: z.infer<typeof calculationPageQuery>,
    url: string,
  ): Promise<object | Invalid | Redirect> {
    const choices = await this.calculations.choices(reader);
    const form = { ...choices, ...shown(query, them !== undefined), answer: null };
    if (them !== undefined) return form;
    if (!asksAnything(query)) return { ...form, form: this.opened(query) };
    const answer = await this.calculations.answer(reader, askedByQuery(query));
    if (answer.faults) return invalid(form, answer.faults.map(atInput));
    // The address bar holds what may be passed on: nothing empty, the unit named.
    return sameQuery(url, answer.link)
      ? { ...form, answer: this.shownAnswer(answer) }
      : redirect(answer.link);
  }

  private opened(query: CalculationQuery): CalculationQuery {
    const { day, time } = typed(this.clock.now());
    return { ...query, nhan_ngay: day, nhan_gio: time };
  }

  private shownAnswer(answer: Answer) {
    const view = accountView(answer.account, answer.limit);
    const cells = foldStrip(view.cells, STRIP);
    return {
      ...view,
      cells,
      long: cells.length > LINE,
      procedure: answer.procedure,
      place: answer.place,
      receivedAt: toInstant(answer.receivedAt),
      link: this.runtime.publicUrl() + answer.link,
    };
  }
}

/** The form with what was written; rows of pauses that were left empty come last, `more` of them when asked for. */
function shown(query: CalculationQuery, more: boolean) {
  const written = pauseRows(query, 0).length;
  const spare = more ? query.dung.length - written + ROWS : Math.max(1, ROWS - written);
  const rows = pauseRows(query, Math.max(0, Math.min(spare, MOST_PAUSES - written)));
  return {
    form: query,
    rows: rows.map((row, i) => ({ ...row, number: i + 1 })),
    pausesOpen: more || written > 0,
    limitOpen: Boolean(query.so || query.don_vi || query.gio_chot || query.bo_sung || query.gio_tra),
  };
}
