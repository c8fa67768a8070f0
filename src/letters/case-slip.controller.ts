import { Body, Controller, Get, Param, ParseIntPipe, Post, StreamableFile } from '@nestjs/common';
import { invalid, Page, redirect, type FormFault } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { stopForm, supplementForm, type StopForm, type SupplementForm } from './case-slip-form';
import { slipKinds, type SlipKind } from './case-slip-kinds';
import { CaseSlipPages, numberOf } from './case-slip-pages.service';
import type { CaseSlip } from './case-slip.repository';

const NAV = { nav: '/ho-so' };

/** Documents of a case that are no apology: made, listed and printed again. */
@Controller('ho-so/:ma')
@Roles('officer', 'clerk')
export class CaseSlipController {
  constructor(private readonly pages: CaseSlipPages) {}

  @Get('phieu-bo-sung')
  @Page('letters/slip-supplement', { title: slipKinds['supplement-request'].title, ...NAV })
  supplement(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.pages.supplement(reader, code, null);
  }

  @Post('phieu-bo-sung')
  @Page('letters/slip-supplement', { title: slipKinds['supplement-request'].title, ...NAV })
  async makeSupplement(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: supplementForm }) form: SupplementForm,
  ) {
    if (form.viec === 'them-dong') return this.pages.supplement(reader, code, form, 5);
    const made = await this.pages.makeSupplement(reader, code, form);
    return answer(code, made, () => this.pages.supplement(reader, code, form));
  }

  @Get('phieu-bo-sung/:id')
  supplementFile(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Param('id', ParseIntPipe) id: number,
  ) {
    return this.file(reader, code, 'supplement-request', id);
  }

  @Get('thong-bao-dung')
  @Page('letters/slip-stop', { title: slipKinds['stop-notice'].title, ...NAV })
  stop(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.pages.stop(reader, code, null);
  }

  @Post('thong-bao-dung')
  @Page('letters/slip-stop', { title: slipKinds['stop-notice'].title, ...NAV })
  async makeStop(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: stopForm }) form: StopForm,
  ) {
    const made = await this.pages.makeStop(reader, code, form);
    return answer(code, made, () => this.pages.stop(reader, code, form));
  }

  @Get('thong-bao-dung/:id')
  stopFile(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Param('id', ParseIntPipe) id: number,
  ) {
    return this.file(reader, code, 'stop-notice', id);
  }

  private async file(reader: Reader, code: string, kind: SlipKind, id: number): Promise<StreamableFile> {
    const { slip, pdf } = await this.pages.file(reader, code, kind, id);
    const name = `${slipKinds[kind].path}-${slip.number}-${slip.slipDate}.pdf`;
    return new StreamableFile(pdf, {
      ...{ type: 'application/pdf', disposition: `inline; filename="${name}"`, length: pdf.length },
    });
  }
}

async function answer(code: string, made: CaseSlip | FormFault[], page: () => Promise<object>) {
  if (Array.isArray(made)) return invalid(await page(), made);
  const { path, numbered } = slipKinds[made.kind];
  return redirect(
    `/ho-so/${encodeURIComponent(code)}/${path}`,
    `Đã lập ${lower(numbered)} ${numberOf(made)}.`,
  );
}

const lower = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);
