import { Body, Controller, Get, Param, ParseIntPipe, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import { EVIDENCE_LIMIT_MB, readSentForm } from '../reconciliation/evidence-file';
import { faultsOf, line, readForm, requiredLine } from '../units/form';
import { UnitService } from '../units/unit.service';
import { fault } from '../web/form-fault';
import { invalid, Page, redirect, type FormFault, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { SigningKeys } from './signing-key.service';

const LIST = '/quan-tri/khoa-ky';
const PAGE = { title: 'Khóa ký', nav: '/quan-tri', subnav: LIST };
const WHEN_UNNAMED = 'Ghi tên khóa.';

const fileForm = z.object({
  ten: requiredLine(100, WHEN_UNNAMED),
  don_vi: line(24).default(''),
  mat_khau: z.string().max(200, 'Dài quá 200 ký tự.').default(''),
});
const serviceForm = z.object({
  ten_dich_vu: requiredLine(100, WHEN_UNNAMED),
  don_vi_dich_vu: line(24).default(''),
  dia_chi: requiredLine(500, 'Ghi địa chỉ của dịch vụ ký.'),
  // it travels in a header
  ma_truy_cap: requiredLine(2_000, 'Ghi mã truy cập của dịch vụ ký.').pipe(
    z.string().regex(/^[!-~]+$/, 'Mã truy cập chỉ gồm chữ không dấu, số và dấu, không có khoảng trắng.'),
  ),
});

const FIELD_OF_FILE = {
  P12_UNREADABLE: 'tep',
  P12_PAIR: 'tep',
  P12_PASSWORD: 'mat_khau',
  SIGNING_KEY_KIND: 'tep',
  SIGNING_KEY_EXPIRED: 'tep',
  SIGNING_KEY_NOT_YET: 'tep',
  SIGNING_KEY_IN_USE: 'don_vi',
  UNIT_NOT_FOUND: 'don_vi',
};
const FIELD_OF_SERVICE = {
  SIGNING_SERVICE_ADDRESS: 'dia_chi',
  SIGNING_SERVICE_FAILED: 'dia_chi',
  SIGNING_SERVICE_ANSWER: 'dia_chi',
  SIGNING_KEY_KIND: 'dia_chi',
  P12_PAIR: 'dia_chi',
  SIGNING_KEY_EXPIRED: 'dia_chi',
  SIGNING_KEY_NOT_YET: 'dia_chi',
  SIGNING_KEY_IN_USE: 'don_vi_dich_vu',
  UNIT_NOT_FOUND: 'don_vi_dich_vu',
};

type Which = 'tep' | 'dich-vu';

/** The key each office signs letters with. */
@Controller('quan-tri/khoa-ky')
@Roles('administrator')
export class SigningKeyController {
  constructor(
    private readonly keys: SigningKeys,
    private readonly units: UnitService,
  ) {}

  @Get()
  @Page('letters/signing-keys', PAGE)
  list(@CurrentReader() reader: Reader) {
    return this.page(reader);
  }

  /** The password is used once more than typed: it is tried, then kept sealed with the file. */
  @Post('tep')
  @Page('letters/signing-keys', PAGE)
  async addFile(@Req() request: FastifyRequest, @CurrentReader() reader: Reader) {
    const { fields, file } = await readSentForm(request);
    const read = readForm(fileForm, fields);
    const faults = [...(read.faults ?? []), ...this.fileFaults(file)];
    if (faults.length > 0) return this.refused(reader, 'tep', fields, faults);
    const { ten: name, don_vi, mat_khau: password } = read.value!;
    return this.answer(reader, { which: 'tep', typed: fields, fieldOf: FIELD_OF_FILE }, async () => {
      const office = await this.office(reader, don_vi);
      const given = { name: file!.name, content: file!.content, password };
      return this.keys.addFile(reader, office, name, given);
    });
  }

  @Post('dich-vu')
  @Page('letters/signing-keys', PAGE)
  async addService(@CurrentReader() reader: Reader, @Body() body: Record<string, unknown>) {
    const read = readForm(serviceForm, body);
    if (read.faults) return this.refused(reader, 'dich-vu', body, read.faults);
    const { ten_dich_vu: name, don_vi_dich_vu, dia_chi: url, ma_truy_cap: token } = read.value;
    return this.answer(reader, { which: 'dich-vu', typed: body, fieldOf: FIELD_OF_SERVICE }, async () =>
      this.keys.addService(reader, await this.office(reader, don_vi_dich_vu), name, { url, token }),
    );
  }

  @Post(':id/go')
  async remove(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    return redirect(LIST, labels.signature.keyRemoved(await this.keys.remove(reader, id)));
  }

  private async answer(
    reader: Reader,
    form: { which: Which; typed: Record<string, unknown>; fieldOf: Record<string, string> },
    add: () => Promise<string>,
  ): Promise<Redirect | Invalid> {
    try {
      return redirect(LIST, labels.signature.keyAdded(await add()));
    } catch (error) {
      return this.refused(reader, form.which, form.typed, faultsOf(error, form.fieldOf));
    }
  }

  private fileFaults(file: { fault: string | null } | null): FormFault[] {
    if (!file) return [fault('tep', 'P12_MISSING')];
    const tooLarge = file.fault === 'EVIDENCE_FILE_TOO_LARGE';
    return tooLarge ? [fault('tep', 'SIGNED_FILE_TOO_LARGE', { limit: EVIDENCE_LIMIT_MB })] : [];
  }

  /** @throws UNIT_NOT_FOUND also for those the reader does not administer */
  private async office(reader: Reader, code: string) {
    const offices = await this.offices(reader);
    const found = offices.length === 1 ? offices[0] : offices.find((office) => office.code === code);
    if (!found) throw new AppError('UNIT_NOT_FOUND', { code });
    return found;
  }

  private async offices(reader: Reader) {
    return (await this.units.communes()).filter(({ id }) => reader.communeIds.includes(id));
  }

  private async refused(
    reader: Reader,
    which: Which,
    typed: Record<string, unknown>,
    faults: FormFault[],
  ): Promise<Invalid> {
    return invalid({ ...(await this.page(reader)), which, form: shown(typed) }, faults);
  }

  private async page(reader: Reader) {
    const [keys, communes] = [await this.keys.inReach(reader), await this.offices(reader)];
    const taken = new Set(keys.filter((key) => key.removedAt === null).map((key) => key.unitId));
    const free = communes.filter(({ id }) => !taken.has(id));
    return {
      keys,
      offices: free.map(({ code, name }) => ({ value: code, label: name })),
      several: communes.length > 1,
      which: null as Which | null,
      form: shown({}),
    };
  }
}

/** What was typed, but no secret. */
const shown = (typed: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ['ten', 'don_vi', 'ten_dich_vu', 'don_vi_dich_vu', 'dia_chi'].map((name) => {
      const value = typed[name];
      return [name, typeof value === 'string' ? value : ''];
    }),
  );
