import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/user.service';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import type { TextFault } from '../documents/template-fields';
import { Clock } from '../platform/clock';
import { AppError, type ErrorCode } from '../platform/errors';
import { fieldsOf, WORDED_PARTS, type MailKindName, type WordedPart } from '../platform/mail-labels';
import { MailRenderer, wordingFaults } from './mail.renderer';
import { MailWordingRepository, type Wording, type WordingVersion } from './mail-wording.repository';

/** Longest words of a part, in characters: they travel in an address when a mail is only shown. */
export const LONGEST_WORDS: Record<WordedPart, number> = { subject: 150, opening: 400, closing: 400 };

/** Versions that the page lists. */
const SHOWN = 20;

const CODES: Record<TextFault['kind'], ErrorCode> = {
  'unknown-field': 'WORDING_FIELD_UNKNOWN',
  'no-expression': 'WORDING_EXPRESSION',
  block: 'WORDING_BLOCK',
  unescaped: 'WORDING_UNESCAPED',
  partial: 'WORDING_PARTIAL',
  decorator: 'WORDING_PARTIAL',
  tag: 'WORDING_TAG',
  syntax: 'WORDING_SYNTAX',
};

export type Words = Record<WordedPart, string>;

/** The words a commune chose for its mails. */
@Injectable()
export class MailWordings {
  constructor(
    private readonly database: Database,
    private readonly wordings: MailWordingRepository,
    private readonly renderer: MailRenderer,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What stands in a mail of the commune now. */
  async current(communeId: number, kind: MailKindName): Promise<Words> {
    const own = await this.wordings.of(this.database.pool, communeId, kind);
    return Object.fromEntries(
      WORDED_PARTS.map((part) => [part, own[part] ?? this.renderer.usual(kind, part)]),
    ) as Words;
  }

  versions(communeId: number, kind: MailKindName): Promise<WordingVersion[]> {
    return this.wordings.versions(this.database.pool, communeId, kind, SHOWN);
  }

  kindsOf(communeId: number): Promise<string[]> {
    return this.wordings.kindsOf(this.database.pool, communeId);
  }

  /** What is wrong with the words, each in the words of the catalogue of errors. */
  faults(kind: MailKindName, words: Wording): { part: WordedPart; error: AppError }[] {
    return WORDED_PARTS.flatMap((part) => {
      const allowed = Object.keys(fieldsOf(kind, part)).join(', ');
      return wordingFaults(kind, part, words[part] ?? '').map(({ kind: fault, found }) => {
        return { part, error: new AppError(CODES[fault], { found, allowed }) };
      });
    });
  }

  /** Keeps a version of each part that changed. @returns how many did */
  save(by: Actor, unit: { id: number; code: string }, kind: MailKindName, words: Words): Promise<number> {
    return this.write(by, unit, kind, (part) =>
      words[part] === this.renderer.usual(kind, part) ? null : words[part],
    );
  }

  /** The usual words again. */
  reset(by: Actor, unit: { id: number; code: string }, kind: MailKindName): Promise<number> {
    return this.write(by, unit, kind, () => null);
  }

  private write(
    by: Actor,
    { id: unitId, code }: { id: number; code: string },
    kind: MailKindName,
    chosen: (part: WordedPart) => string | null,
  ): Promise<number> {
    return this.database.transaction(async (tx) => {
      await this.wordings.lockOffice(tx, unitId);
      const own = await this.wordings.of(tx, unitId, kind);
      const changed = WORDED_PARTS.filter((part) => chosen(part) !== (own[part] ?? null));
      const version = { unitId, kind, savedBy: by.actor, savedAt: this.clock.now() };
      for (const part of changed) await this.wordings.insert(tx, { ...version, part, words: chosen(part) });
      if (changed.length === 0) return 0;
      const detail = Object.fromEntries(changed.map((part) => [part, chosen(part)]));
      await this.audit.record(tx, {
        ...by,
        action: 'mail-wording.saved',
        subject: `mail:${code}/${kind}`,
        detail,
      });
      return changed.length;
    });
  }
}
