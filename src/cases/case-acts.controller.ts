import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
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
  type ActContext,
  type ActPlan,
  type NoteForm,
  type PauseForm,
  type ResumeForm,
  type ReturnForm,
} from './case-act';
import { ActFormService } from './act-form.service';
import { CaseActsService } from './case-acts.service';

type Act = 'pause' | 'resume' | 'settle' | 'note';

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
    return this.record(reader, code, 'pause', form, (context) => planPause(form, context));
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
    return this.record(reader, code, 'resume', form, (context) => planResume(form, context));
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
    return this.record(reader, code, 'settle', form, (context) => planReturn(form, context));
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
    return this.record(reader, code, 'note', form, (context) => planNote(form, context));
  }

  private async record(
    reader: Reader,
    code: string,
    act: Act,
    form: object,
    plan: (context: ActContext) => ActPlan,
  ): Promise<Redirect | Invalid> {
    const faults = await this.acts.act(reader, code, plan);
    if (faults.length === 0) return redirect(`/ho-so/${code}`, labels.caseActs[act]);
    return invalid({ ...(await this.forms[act](reader, code)), form }, faults);
  }
}
