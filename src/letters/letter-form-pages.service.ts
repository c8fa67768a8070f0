import { Injectable } from '@nestjs/common';
import { isoDay, parseIsoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { fieldSign, formFields, formHelpers, formParts } from '../platform/letter-field-labels';
import type { Unit } from '../units/unit';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { parseTypedDay } from '../web/typed-instant';
import { trustedHtml } from '../web/view-engine';
import { LetterFormCheck } from './letter-form-check.service';
import { LetterFormEditor, type FormState } from './letter-form-editor.service';
import type { FormSaving } from './letter-form.repository';
import { MAX_SOURCE } from './letter-form-faults';
import { shortDay, todayOf } from './new-due';
import { SHIPPED_FORMS, type FormContent } from './shipped-forms';

export const FORMS = '/quan-tri/mau-van-ban';

/** What stands in the inputs of the editor. */
export interface TypedForm {
  noi_dung: string;
  tu: string;
  den: string;
  kho: string;
  can_cu: string;
}

/** View models of the forms' pages. */
@Injectable()
export class LetterFormPages {
  constructor(
    private readonly editor: LetterFormEditor,
    private readonly check: LetterFormCheck,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  async list(reader: Reader, code: string) {
    const { commune, offices } = await this.offices(reader, code);
    const states = await Promise.all(SHIPPED_FORMS.map(({ form }) => this.editor.state(form, commune.id)));
    const forms = states.map(({ shipped, newest, today, ended }) => ({
      ...{
        name: shipped.name,
        basis: newest.basis,
        paper: newest.paper,
        own: newest.own,
        ended: ended !== null,
      },
      ...{ validFrom: newest.validFrom, validTo: newest.validTo, later: !ended && newest.id !== today?.id },
      href: addressOf(shipped.form, '', commune),
    }));
    return { forms, offices, office: commune.code };
  }

  /**
   * @param typed what is shown instead of the newest version
   * @param version an older one to start from
   */
  async page(
    reader: Reader,
    form: string,
    code: string,
    typed: TypedForm | null,
    version: number | null = null,
  ) {
    const { commune } = await this.offices(reader, code);
    const state = await this.editor.state(form, commune.id);
    const older = state.savings.find((s) => s.id === version && !s.usual);
    const shown = typed ?? this.typedOf(older ?? state.newest);
    const { shipped, newest, today, ended } = state;
    return {
      ...{ title: shipped.name, office: commune.code, officeName: commune.name, ended, from: newest.id },
      ...{
        own: newest.own,
        later: !ended && newest.id !== today?.id,
        validFrom: newest.validFrom,
        typed: shown,
      },
      action: addressOf(form, ''),
      tryOut: addressOf(form, '/xem-truoc'),
      reset: addressOf(form, '/nhu-cu'),
      papers: ['A4', 'A5'].map((paper) => ({ value: paper, label: paper })),
      longest: MAX_SOURCE,
      older: older?.id !== newest.id && older ? older.version : null,
      ...this.previewOf(form, shown, state),
      ...permitted(form),
      versions: state.savings.map((s) => versionOf(s, newest, commune)),
      crumbs: [{ href: `${FORMS}?don_vi=${commune.code}`, label: 'Mẫu văn bản' }],
    };
  }

  /** The commune with that code, without one the first. @throws UNIT_NOT_FOUND when it is not the reader's */
  async commune(reader: Reader, code: string): Promise<Unit> {
    return (await this.offices(reader, code)).commune;
  }

  /** With what was typed on paper; while it cannot be used, the newest version. */
  private previewOf(form: string, typed: TypedForm, { newest }: FormState) {
    const content = contentOf(form, typed, newest);
    const faults = this.check.quick(content);
    const shown = faults.length > 0 ? newest : content;
    return {
      previewFaults: faults.map((f) => f.text),
      preview: trustedHtml(this.check.preview(shown)),
      a5: shown.paper === 'A5',
    };
  }

  private typedOf({ source, validFrom, validTo, paper, basis }: FormContent): TypedForm {
    const today = todayOf(this.clock.now());
    const from = validFrom > today ? validFrom : today;
    const to = validTo === null || validTo < from ? '' : typedDay(validTo);
    return { noi_dung: source, tu: typedDay(from), den: to, kho: paper, can_cu: basis };
  }

  private async offices(reader: Reader, code: string) {
    const own = (await this.units.communes()).filter(({ id }) => reader.communeIds.includes(id));
    const commune = own.find((unit) => code === '' || unit.code === code);
    if (!commune) throw new AppError('UNIT_NOT_FOUND', { code });
    return { commune, offices: own.map((unit) => ({ value: unit.code, label: unit.name })) };
  }
}

const typedDay = (day: string): string => shortDay(parseIsoDay(day), 0);

/** What was typed, as a version; days that are none are those of `kept`. */
export function contentOf(form: string, typed: TypedForm, kept: FormContent): FormContent {
  const from = parseTypedDay(typed.tu);
  const to = parseTypedDay(typed.den);
  return {
    ...{ form, source: typed.noi_dung, parts: {}, basis: typed.can_cu },
    validFrom: from === null ? kept.validFrom : isoDay(from),
    validTo: to === null ? null : isoDay(to),
    paper: typed.kho === 'A5' ? 'A5' : 'A4',
  };
}

function permitted(form: string) {
  const told = Object.entries(formFields(form)).filter(([, { meaning }]) => meaning !== null);
  return {
    fields: told.map(([path, field]) => ({
      ...{ sign: fieldSign(path, field), meaning: field.meaning, optional: field.optional === true },
    })),
    parts: Object.entries(formParts).map(([name, meaning]) => ({ sign: `{{> ${name}}}`, meaning })),
    helpers: Object.entries(formHelpers).map(([sign, meaning]) => ({ sign, meaning })),
  };
}

const versionOf = (s: FormSaving, newest: FormSaving, commune: Unit) => ({
  ...{
    version: s.version,
    own: s.own,
    usual: s.usual,
    validFrom: s.validFrom,
    validTo: s.validTo,
    paper: s.paper,
  },
  ...{ savedBy: s.savedBy, savedAt: s.savedAt, newest: s.id === newest.id },
  href: s.usual ? null : addressOf(s.form, '', commune, s.id),
});

function addressOf(form: string, rest: string, commune?: Unit, version?: number): string {
  const query = new URLSearchParams({
    ...(commune ? { don_vi: commune.code } : {}),
    ...(version === undefined ? {} : { ban: String(version) }),
  }).toString();
  return `${FORMS}/${form}${rest}${query ? `?${query}` : ''}`;
}
