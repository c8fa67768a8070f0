import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import {
  noteForm,
  pauseForm,
  planNote,
  planPause,
  planResume,
  planReturn,
  resumeForm,
  returnForm,
  type NoteForm,
  type PauseForm,
  type ResumeForm,
  type ReturnForm,
} from './case-act';
import { ActFormService } from './act-form.service';
import { CaseActsService } from './case-acts.service';

/** What officers record about a case, each with its own form page. */
@Controller('ho-so/:ma')
@Roles('officer')
export class CaseActsController {
  constructor(
    private readonly acts: CaseActsService,
    private readonly forms: ActFormService,
  ) {}

  @Get('tam-dung')
  @Page('cases/pause', { title: 'Ghi nhận tạm dừng', nav: '/ho-so' })
  pauseForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.pause(reader, code);
  }

  @Post('tam-dung')
  @Page('cases/pause', { title: 'Ghi nhận tạm dừng', nav: '/ho-so' })
  pause(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: pauseForm }) form: PauseForm,
  ) {
    return this.acts.answer(reader, code, { act: 'pause', form, plan: planPause }, () =>
      this.forms.pause(reader, code),
    );
  }

  @Get('tiep-tuc')
  @Page('cases/resume', { title: 'Tiếp tục tính hạn', nav: '/ho-so' })
  resumeForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.resume(reader, code);
  }

  @Post('tiep-tuc')
  @Page('cases/resume', { title: 'Tiếp tục tính hạn', nav: '/ho-so' })
  resume(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: resumeForm }) form: ResumeForm,
  ) {
    return this.acts.answer(reader, code, { act: 'resume', form, plan: planResume }, () =>
      this.forms.resume(reader, code),
    );
  }

  @Get('tra-ket-qua')
  @Page('cases/settle', { title: 'Ghi nhận đã trả kết quả', nav: '/ho-so' })
  settleForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.settle(reader, code);
  }

  @Post('tra-ket-qua')
  @Page('cases/settle', { title: 'Ghi nhận đã trả kết quả', nav: '/ho-so' })
  settle(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: returnForm }) form: ReturnForm,
  ) {
    return this.acts.answer(reader, code, { act: 'settle', form, plan: planReturn }, () =>
      this.forms.settle(reader, code),
    );
  }

  @Get('ghi-chu')
  @Page('cases/note', { title: 'Ghi chú', nav: '/ho-so' })
  noteForm(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.forms.note(reader, code);
  }

  @Post('ghi-chu')
  @Page('cases/note', { title: 'Ghi chú', nav: '/ho-so' })
  note(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: noteForm }) form: NoteForm,
  ) {
    return this.acts.answer(reader, code, { act: 'note', form, plan: planNote }, () =>
      this.forms.note(reader, code),
    );
  }
}
