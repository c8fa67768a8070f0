import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { fault } from '../web/form-fault';
import { Page, invalid, redirect, type FormFault } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { parseTypedDay } from '../web/typed-instant';
import { LetterFormEditor } from './letter-form-editor.service';
import { contentOf, FORMS, LetterFormPages, type TypedForm } from './letter-form-pages.service';

const PAGE = { title: 'Mẫu văn bản', nav: '/quan-tri', subnav: FORMS };

const text = (longest: number) =>
  z
    .string()
    .catch('')
    .transform((typed) => typed.slice(0, longest));
const office = z.object({ don_vi: text(24), ban: z.coerce.number().int().optional().catch(undefined) });
const form = z.object({
  ...{ don_vi: text(24), tu: text(20), den: text(20), kho: text(2), can_cu: text(300) },
  goc: z.coerce.number().int().catch(0),
  noi_dung: z
    .string()
    .catch('')
    .transform((source) => source.replace(/\r\n?/g, '\n').normalize('NFC').trimEnd()),
});
type Typed = z.output<typeof form>;

const typedOf = ({ noi_dung, tu, den, kho, can_cu }: Typed): TypedForm => ({
  ...{ noi_dung, tu, den, kho, can_cu: can_cu.replace(/\s+/g, ' ').normalize('NFC').trim() },
});

/** The texts of letters and notices, and what an office changes in them. */
@Controller('quan-tri/mau-van-ban')
@Roles('administrator')
export class LetterFormController {
  constructor(
    private readonly pages: LetterFormPages,
    private readonly editor: LetterFormEditor,
  ) {}

  @Get()
  @Page('letters/forms', PAGE)
  list(@CurrentReader() reader: Reader, @Query({ schema: office }) { don_vi }: z.infer<typeof office>) {
    return this.pages.list(reader, don_vi);
  }

  @Get(':mau')
  @Page('letters/form', PAGE)
  one(
    @CurrentReader() reader: Reader,
    @Param('mau') name: string,
    @Query({ schema: office }) { don_vi, ban }: z.infer<typeof office>,
  ) {
    return this.pages.page(reader, name, don_vi, null, ban ?? null);
  }

  /** What was typed on paper; nothing is saved. */
  @Post(':mau/xem-truoc')
  @Page('letters/form', PAGE)
  preview(@CurrentReader() reader: Reader, @Param('mau') name: string, @Body({ schema: form }) body: Typed) {
    return this.pages.page(reader, name, body.don_vi, typedOf(body));
  }

  @Post(':mau')
  @Page('letters/form', PAGE)
  async save(
    @CurrentReader() reader: Reader,
    @Param('mau') name: string,
    @Body({ schema: form }) body: Typed,
  ) {
    const typed = typedOf(body);
    const unit = await this.pages.commune(reader, body.don_vi);
    const { newest } = await this.editor.state(name, unit.id);
    const unread = typedFaults(typed);
    const saved =
      unread.length > 0
        ? unread
        : await this.editor.save(reader, unit, contentOf(name, typed, newest), body.goc);
    if (typeof saved !== 'boolean')
      return invalid(await this.pages.page(reader, name, body.don_vi, typed), saved);
    return redirect(
      `${FORMS}/${name}?don_vi=${unit.code}`,
      saved ? 'Đã lưu bản mới của mẫu.' : 'Mẫu không đổi.',
    );
  }

  @Post(':mau/nhu-cu')
  async reset(@CurrentReader() reader: Reader, @Param('mau') name: string, @Body() body: unknown) {
    const unit = await this.pages.commune(reader, office.parse(body).don_vi);
    const done = await this.editor.reset(reader, unit, name);
    const notice = done ? 'Từ hôm nay dùng lại bản của chương trình.' : 'Đang dùng bản của chương trình.';
    return redirect(`${FORMS}/${name}?don_vi=${unit.code}`, notice);
  }
}

function typedFaults({ tu, den, can_cu }: TypedForm): FormFault[] {
  return [
    ...(parseTypedDay(tu) === null ? [fault('tu', 'FORM_DATE_UNREADABLE')] : []),
    ...(den !== '' && parseTypedDay(den) === null ? [fault('den', 'FORM_DATE_UNREADABLE')] : []),
    ...(can_cu === '' ? [fault('can_cu', 'FORM_BASIS_MISSING')] : []),
  ];
}
