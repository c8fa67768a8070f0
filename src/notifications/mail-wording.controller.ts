import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { line, readForm } from '../units/form';
import { Page, invalid, redirect, type FormFault } from '../web/page';
import { HTML } from '../web/page.interceptor';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { FRAMED_MAIL_POLICY, FRAMING_POLICY } from '../web/security';
import { FIELD_OF, MailWordingPages, WORDINGS } from './mail-wording-pages.service';
import { LONGEST_WORDS, MailWordings, type Words } from './mail-wording.service';
import type { MailKindName } from '../platform/mail-labels';

const PAGE = { title: 'Mẫu thư', nav: '/quan-tri', subnav: WORDINGS };

const office = z.object({ don_vi: z.string().max(24).default('') });
const words = z.object({
  don_vi: z.string().max(24).default(''),
  tieu_de: line(LONGEST_WORDS.subject).pipe(z.string().min(1, 'Ghi tiêu đề của thư.')),
  mo_dau: line(LONGEST_WORDS.opening),
  ket: line(LONGEST_WORDS.closing),
});
type Typed = z.output<typeof words>;

const wordsOf = ({ tieu_de, mo_dau, ket }: Typed): Words => ({
  subject: tieu_de,
  opening: mo_dau,
  closing: ket,
});

/** Every mail with made-up content, and the words an office chooses for it. */
@Controller('quan-tri/mau-thu')
@Roles('administrator')
export class MailWordingController {
  constructor(
    private readonly pages: MailWordingPages,
    private readonly wordings: MailWordings,
  ) {}

  @Get()
  @Page('notifications/wordings', PAGE)
  list(@CurrentReader() reader: Reader, @Query({ schema: office }) { don_vi }: z.infer<typeof office>) {
    return this.pages.list(reader, don_vi);
  }

  @Get(':loai')
  @Page('notifications/wording', PAGE)
  @Header('content-security-policy', FRAMING_POLICY)
  one(
    @CurrentReader() reader: Reader,
    @Param('loai') kind: string,
    @Query({ schema: office }) { don_vi }: z.infer<typeof office>,
  ) {
    return this.pages.page(reader, this.pages.kind(kind), don_vi, null);
  }

  @Get(':loai/thu.html')
  @Header('content-type', HTML)
  @Header('content-security-policy', FRAMED_MAIL_POLICY)
  html(@CurrentReader() reader: Reader, @Param('loai') kind: string, @Query({ schema: words }) typed: Typed) {
    return this.pages.html(reader, this.pages.kind(kind), typed.don_vi, wordsOf(typed));
  }

  @Post(':loai/xem-thu')
  @Page('notifications/wording', PAGE)
  @Header('content-security-policy', FRAMING_POLICY)
  async preview(@CurrentReader() reader: Reader, @Param('loai') text: string, @Body() body: unknown) {
    const kind = this.pages.kind(text);
    const { code, typed, faults } = this.read(kind, body);
    const model = await this.pages.page(reader, kind, code, typed);
    return faults.length > 0 ? invalid(model, faults) : model;
  }

  @Post(':loai')
  @Page('notifications/wording', PAGE)
  @Header('content-security-policy', FRAMING_POLICY)
  async save(@CurrentReader() reader: Reader, @Param('loai') text: string, @Body() body: unknown) {
    const kind = this.pages.kind(text);
    const { code, typed, faults } = this.read(kind, body);
    if (faults.length > 0) return invalid(await this.pages.page(reader, kind, code, typed), faults);
    const commune = await this.pages.commune(reader, code);
    const changed = await this.wordings.save(actorOf(reader), commune, kind, typed);
    const notice = changed > 0 ? 'Đã lưu lời thư.' : 'Lời thư không đổi.';
    return redirect(`${WORDINGS}/${kind}?don_vi=${commune.code}`, notice);
  }

  @Post(':loai/nhu-cu')
  async reset(@CurrentReader() reader: Reader, @Param('loai') text: string, @Body() body: unknown) {
    const kind = this.pages.kind(text);
    const commune = await this.pages.commune(reader, office.parse(body).don_vi);
    await this.wordings.reset(actorOf(reader), commune, kind);
    return redirect(`${WORDINGS}/${kind}?don_vi=${commune.code}`, 'Thư dùng lại lời mặc định.');
  }

  /** What was typed, and everything wrong with it. */
  private read(kind: MailKindName, body: unknown): { code: string; typed: Words; faults: FormFault[] } {
    const form = readForm(words, body);
    const given = (body ?? {}) as Record<string, unknown>;
    const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
    const typed = form.value
      ? wordsOf(form.value)
      : { subject: text('tieu_de'), opening: text('mo_dau'), closing: text('ket') };
    const ofFields = this.wordings.faults(kind, typed).map(({ part, error }) => {
      return { field: FIELD_OF[part], text: `${error.message} ${error.remedy}` };
    });
    return { code: text('don_vi'), typed, faults: [...(form.faults ?? []), ...ofFields] };
  }
}
