import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { draftForm, typedDraftOf, type DraftForm, type TypedDraft } from './draft-form';
import { LetterReportPage } from './letter-report-page.service';
import { LetterReport } from './letter-report.service';

const PAGE = { title: 'Báo không kịp hạn', nav: '/ho-so' };

/** The officer's word that a deadline will be missed: it opens the letter. */
@Controller('ho-so/:ma/bao-cham')
@Roles('officer')
export class LetterReportController {
  constructor(
    private readonly reports: LetterReport,
    private readonly pages: LetterReportPage,
  ) {}

  @Get()
  @Page('letters/report', PAGE)
  ask(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.page(reader, code, null);
  }

  @Post()
  @Page('letters/report', PAGE)
  async report(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: draftForm }) form: DraftForm,
  ): Promise<Redirect | Invalid> {
    const typed = typedDraftOf(form);
    const faults = await this.reports.report(reader, code, typed);
    if (faults.length > 0) return invalid(await this.page(reader, code, typed), faults);
    return redirect(`/thu-xin-loi/${encodeURIComponent(code)}`, labels.letter.reported);
  }

  private async page(reader: Reader, code: string, typed: TypedDraft | null): Promise<object> {
    return this.pages.page(await this.reports.ofCase(reader, code), typed);
  }
}
