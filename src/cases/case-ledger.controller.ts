import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { closeForm, planStop, planWithdrawal, type CloseForm } from './case-closing-act';
import { correctionForm, planCorrection, type CorrectionForm } from './case-correction';
import {
  answerForm,
  consultForm,
  planAnswer,
  planConsultation,
  planTransfer,
  transferForm,
  type AnswerForm,
  type ConsultForm,
  type TransferForm,
} from './case-handover-act';
import { CaseActsService } from './case-acts.service';
import { LedgerFormService } from './ledger-form.service';

/** The way of a case through the office, its end without a result, and corrections of its ledger. */
@Controller('ho-so/:ma')
@Roles('officer')
export class CaseLedgerController {
  constructor(
    private readonly acts: CaseActsService,
    private readonly forms: LedgerFormService,
  ) {}

  @Get('chuyen-xu-ly')
  @Page('cases/transfer', { title: 'Chuyển xử lý', nav: '/ho-so' })
  transferForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.transfer(reader, code);
  }

  @Post('chuyen-xu-ly')
  @Page('cases/transfer', { title: 'Chuyển xử lý', nav: '/ho-so' })
  transfer(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: transferForm }) form: TransferForm,
  ) {
    return this.acts.answer(reader, code, { act: 'transfer', form, plan: planTransfer }, () =>
      this.forms.transfer(reader, code),
    );
  }

  @Get('lay-y-kien')
  @Page('cases/consult', { title: 'Lấy ý kiến', nav: '/ho-so' })
  consultForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.consult(reader, code);
  }

  @Post('lay-y-kien')
  @Page('cases/consult', { title: 'Lấy ý kiến', nav: '/ho-so' })
  consult(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: consultForm }) form: ConsultForm,
  ) {
    return this.acts.answer(reader, code, { act: 'consult', form, plan: planConsultation }, () =>
      this.forms.consult(reader, code),
    );
  }

  @Get('nhan-y-kien')
  @Page('cases/answer', { title: 'Nhận ý kiến', nav: '/ho-so' })
  answerForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.answer(reader, code);
  }

  @Post('nhan-y-kien')
  @Page('cases/answer', { title: 'Nhận ý kiến', nav: '/ho-so' })
  answer(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: answerForm }) form: AnswerForm,
  ) {
    return this.acts.answer(reader, code, { act: 'answer', form, plan: planAnswer }, () =>
      this.forms.answer(reader, code),
    );
  }

  @Get('rut-ho-so')
  @Page('cases/withdraw', { title: 'Ghi nhận rút hồ sơ', nav: '/ho-so' })
  withdrawForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.withdraw(reader, code);
  }

  @Post('rut-ho-so')
  @Page('cases/withdraw', { title: 'Ghi nhận rút hồ sơ', nav: '/ho-so' })
  withdraw(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: closeForm }) form: CloseForm,
  ) {
    return this.acts.answer(reader, code, { act: 'withdraw', form, plan: planWithdrawal }, () =>
      this.forms.withdraw(reader, code),
    );
  }

  @Get('dung-giai-quyet')
  @Page('cases/stop', { title: 'Dừng giải quyết', nav: '/ho-so' })
  stopForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.stop(reader, code);
  }

  @Post('dung-giai-quyet')
  @Page('cases/stop', { title: 'Dừng giải quyết', nav: '/ho-so' })
  stop(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: closeForm }) form: CloseForm,
  ) {
    return this.acts.answer(reader, code, { act: 'stop', form, plan: planStop }, () =>
      this.forms.stop(reader, code),
    );
  }

  @Get('dinh-chinh')
  @Roles('officer', 'supervisor')
  @Page('cases/correct', { title: 'Đính chính', nav: '/ho-so' })
  correctForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.correct(reader, code);
  }

  @Post('dinh-chinh')
  @Roles('officer', 'supervisor')
  @Page('cases/correct', { title: 'Đính chính', nav: '/ho-so' })
  correct(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: correctionForm }) form: CorrectionForm,
  ) {
    return this.acts.answer(reader, code, { act: 'correct', form, plan: planCorrection }, () =>
      this.forms.correct(reader, code),
    );
  }
}
