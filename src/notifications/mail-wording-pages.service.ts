import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import {
  fieldsOf,
  isMailKind,
  MAIL_KINDS,
  mailKinds,
  partNames,
  SAMPLE_PERSON,
  WORDED_PARTS,
  type MailKindName,
  type WordedPart,
} from '../platform/mail-labels';
import type { Unit } from '../units/unit';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { MailContents } from './mail-contents';
import type { RenderedMail } from './mail.renderer';
import { LONGEST_WORDS, MailWordings, type Words } from './mail-wording.service';

export const WORDINGS = '/quan-tri/mau-thu';

/** Names of the inputs. */
export const FIELD_OF: Record<WordedPart, string> = { subject: 'tieu_de', opening: 'mo_dau', closing: 'ket' };

/** What the pages of mails show: each kind with made-up content. */
@Injectable()
export class MailWordingPages {
  constructor(
    private readonly database: Database,
    private readonly contents: MailContents,
    private readonly wordings: MailWordings,
    private readonly units: UnitService,
  ) {}

  async list(reader: Reader, code: string) {
    const { commune, offices } = await this.offices(reader, code);
    const own = new Set(await this.wordings.kindsOf(commune.id));
    const kinds = MAIL_KINDS.map((kind) => {
      const { name, when } = mailKinds[kind];
      return { name, when, changed: own.has(kind), href: addressOf(kind, '', commune) };
    });
    return { kinds, offices, office: commune.code };
  }

  /** @param typed words that are shown instead of the present ones */
  async page(reader: Reader, kind: MailKindName, code: string, typed: Words | null) {
    const { commune } = await this.offices(reader, code);
    const words = typed ?? (await this.wordings.current(commune.id, kind));
    const sound = this.wordings.faults(kind, words).length === 0;
    const shown = sound ? words : await this.wordings.current(commune.id, kind);
    const { subject, text } = await this.mail(commune, kind, shown);
    const { name, when } = mailKinds[kind];
    const versions = await this.wordings.versions(commune.id, kind);
    return {
      ...{ title: name, when, subject, text, office: commune.code, officeName: commune.name },
      frame: addressOf(kind, '/thu.html', commune, shown),
      action: addressOf(kind, ''),
      preview: addressOf(kind, '/xem-thu'),
      reset: addressOf(kind, '/nhu-cu'),
      trying: typed !== null && sound,
      changed: versions.length > 0 && (await this.wordings.kindsOf(commune.id)).includes(kind),
      parts: WORDED_PARTS.map((part) => ({
        id: FIELD_OF[part],
        label: partNames[part],
        value: words[part],
        longest: LONGEST_WORDS[part],
        fields: Object.entries(fieldsOf(kind, part)).map(([field, meaning]) => ({
          field: `{{${field}}}`,
          meaning,
        })),
      })),
      versions: versions.map((version) => ({ ...version, partName: partNames[version.part] })),
      crumbs: [{ href: `${WORDINGS}?don_vi=${commune.code}`, label: 'Mẫu thư' }],
    };
  }

  /** The HTML part alone, for the frame. @throws the first fault of the words */
  async html(reader: Reader, kind: MailKindName, code: string, words: Words): Promise<string> {
    const { commune } = await this.offices(reader, code);
    const [fault] = this.wordings.faults(kind, words);
    if (fault) throw fault.error;
    return (await this.mail(commune, kind, words)).html;
  }

  /** @throws MAIL_KIND_UNKNOWN */
  kind(text: string): MailKindName {
    if (!isMailKind(text)) throw new AppError('MAIL_KIND_UNKNOWN', { kind: text });
    return text;
  }

  /** The commune with that code, without one the first. @throws UNIT_NOT_FOUND when it is not the reader's */
  async commune(reader: Reader, code: string): Promise<Unit> {
    return (await this.offices(reader, code)).commune;
  }

  private mail(commune: Unit, kind: MailKindName, words: Words): Promise<RenderedMail> {
    return this.contents.sample(
      this.database.pool,
      kind,
      { name: SAMPLE_PERSON, unitName: commune.name },
      words,
    );
  }

  private async offices(reader: Reader, code: string) {
    const own = (await this.units.communes()).filter(({ id }) => reader.communeIds.includes(id));
    const commune = own.find((unit) => code === '' || unit.code === code);
    if (!commune) throw new AppError('UNIT_NOT_FOUND', { code });
    return { commune, offices: own.map((unit) => ({ value: unit.code, label: unit.name })) };
  }
}

function addressOf(kind: MailKindName, rest: string, commune?: Unit, words?: Words): string {
  const query: Record<string, string> = commune ? { don_vi: commune.code } : {};
  if (words) for (const part of WORDED_PARTS) query[FIELD_OF[part]] = words[part];
  const asked = new URLSearchParams(query).toString();
  return `${WORDINGS}/${kind}${rest}${asked ? `?${asked}` : ''}`;
}
