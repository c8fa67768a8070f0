import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { absenceFault, type AbsenceFault } from '../domain/absence';
import { dayOfInstant, isoDay, parseIsoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { AbsenceRepository } from './absence.repository';

export interface TypedAbsence {
  userId: number;
  substituteId: number | null;
  /** 'YYYY-MM-DD' */
  firstDay: string;
  lastDay: string;
}

/** Who stands in while somebody is away. Everybody notes the own absence; those above note that of others. */
@Injectable()
export class Absences {
  constructor(
    private readonly database: Database,
    private readonly absences: AbsenceRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader) {
    const { pool } = this.database;
    const colleagues = await this.absences.colleagues(pool, reader.communeIds);
    const own = mayNoteOthers(reader) ? null : reader.id;
    const label = ({ name, title }: { name: string; title: string | null }) =>
      title ? `${name}, ${title}` : name;
    const options = colleagues.map((c) => ({ value: String(c.id), label: label(c) }));
    return {
      absences: await this.absences.list(pool, reader.communeIds, this.today(), own),
      people: own === null ? options : null,
      substitutes: options.filter(({ value }) => own === null || value !== String(own)),
      today: this.today(),
    };
  }

  /** @returns what is wrong with it, null when it is noted */
  async note(reader: Reader, typed: TypedAbsence): Promise<AbsenceFault | null> {
    const colleagues = new Set(
      (await this.absences.colleagues(this.database.pool, reader.communeIds)).map((c) => c.id),
    );
    const forOther = typed.userId !== reader.id;
    if ((forOther && !mayNoteOthers(reader)) || !colleagues.has(typed.userId))
      throw new AppError('FORBIDDEN');
    if (typed.substituteId !== null && !colleagues.has(typed.substituteId)) throw new AppError('FORBIDDEN');
    return this.database.transaction(async (tx) => {
      const away =
        typed.substituteId === null ? [] : await this.absences.ofUser(tx, typed.substituteId, this.today());
      const fault = absenceFault({
        ...{ userId: typed.userId, substituteId: typed.substituteId, today: parseIsoDay(this.today()) },
        ...spanOf(typed),
        substituteAway: away.map(spanOf),
      });
      if (fault) return fault;
      const by = actorOf(reader);
      await this.absences.insert(tx, typed, { actor: by.actor, now: this.clock.now() });
      await this.audit.record(tx, {
        ...{ ...by, action: 'absence.noted', subject: `user:${typed.userId}` },
        detail: { from: typed.firstDay, to: typed.lastDay, substitute: typed.substituteId },
      });
      return null;
    });
  }

  /** @throws AppError ABSENCE_NOT_FOUND */
  async end(reader: Reader, id: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await this.absences.find(tx, id, reader.communeIds);
      if (!found || (found.userId !== reader.id && !mayNoteOthers(reader)))
        throw new AppError('ABSENCE_NOT_FOUND');
      await this.absences.end(tx, id, this.today());
      await this.audit.record(tx, {
        ...{ ...actorOf(reader), action: 'absence.ended', subject: `user:${found.userId}` },
        detail: { from: found.firstDay, to: found.lastDay },
      });
    });
  }

  private today(): string {
    return isoDay(dayOfInstant(this.clock.now()));
  }
}

const spanOf = ({ firstDay, lastDay }: { firstDay: string; lastDay: string }) => ({
  ...{ firstDay: parseIsoDay(firstDay), lastDay: parseIsoDay(lastDay) },
});

const mayNoteOthers = ({ role }: Reader): boolean => role === 'supervisor' || role === 'administrator';
