import { Injectable } from '@nestjs/common';
import { longDay } from '../documents/document-format';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { Unit } from './unit';
import { UnitEditor, type CommuneChanges } from './unit-editor.service';
import { communeFields, departmentFields } from './unit-form.dto';
import { UnitService } from './unit.service';

type Fields = Record<string, unknown>;
type CommuneFields = ReturnType<typeof communeFields>;

/** View models of the unit pages; an administrator sees the communes in reach and what is below them. */
@Injectable()
export class UnitPages {
  constructor(
    private readonly units: UnitService,
    private readonly editor: UnitEditor,
    private readonly clock: Clock,
  ) {}

  async list(reader: Reader) {
    const seen = await this.units.inReach(reader);
    const communes = seen.filter((unit) => unit.kind === 'commune');
    return {
      provinces: seen.filter((unit) => unit.kind === 'province'),
      communes: communes.map((commune) => ({
        ...commune,
        departments: seen
          .filter((unit) => unit.parentId === commune.id)
          .map((unit) => ({ ...unit, aliases: unit.settings.aliases ?? [] })),
      })),
      incomplete: seen.filter((unit) => unit.incomplete && unit.active).length,
    };
  }

  async blank(reader: Reader, body: unknown) {
    const communes = (await this.units.inReach(reader)).filter((unit) => unit.kind === 'commune');
    const options = communes.map(({ code, name }) => ({ value: code, label: name }));
    return {
      crumbs: [{ href: '/quan-tri/don-vi', label: 'Đơn vị' }],
      form: withTyped({ ten: '', thuoc: options[0]?.value ?? '' }, body),
      communes: options,
    };
  }

  /** @throws UNIT_NOT_FOUND also for units the reader may not see */
  async find(reader: Reader, code: string): Promise<Unit> {
    const unit = (await this.units.inReach(reader)).find((seen) => seen.code === code);
    if (!unit) throw new AppError('UNIT_NOT_FOUND', { code });
    return unit;
  }

  /** `body` is what was typed when the page comes back with faults. */
  async edit(unit: Unit, body: unknown) {
    if (unit.kind !== 'commune')
      return { ...pageOf(unit), commune: null, department: withTyped(departmentFields(unit), body) };
    const saved = communeFields(unit, await this.units.settingsOf(unit.id));
    const form = withTyped(saved, body);
    return { ...pageOf(unit), department: null, commune: { form, preview: this.previewOf(form) } };
  }

  async previewed(unit: Unit, changes: CommuneChanges) {
    const form = communeFields(changes, await this.editor.previewCommune(unit.id, changes));
    return { ...pageOf(unit), department: null, commune: { form, preview: this.previewOf(form) } };
  }

  private previewOf(form: CommuneFields) {
    return {
      agencyParent: form.co_quan_cap_tren,
      agency: form.co_quan,
      suffix: form.ky_hieu,
      place: form.dia_danh,
      date: longDay(this.clock.now()),
      authority: form.tham_quyen.split('\n').filter(Boolean),
      title: form.chuc_vu,
      signer: form.nguoi_ky,
    };
  }
}

const pageOf = ({ code, name, kind, incomplete }: Unit) => ({
  title: name,
  unit: { code, name, kind, incomplete, path: `/quan-tri/don-vi/${encodeURIComponent(code)}` },
  crumbs: [{ href: '/quan-tri/don-vi', label: 'Đơn vị' }],
});

/** Values of the form with those that were typed on top; a box that was not ticked is not sent at all. */
function withTyped<T extends object>(values: T, body: unknown): T {
  if (body === null || typeof body !== 'object') return values;
  const typed = body as Fields;
  const entries = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === 'boolean' ? typed[key] !== undefined : (textOf(typed[key]) ?? value),
  ]);
  return Object.fromEntries(entries) as T;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
