import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { alertRuleTexts } from '../platform/alert-labels';
import { readForm } from '../units/form';
import { invalid, Page, redirect, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { AlertRuleEditor } from './alert-rule-editor.service';
import { draftOf, ruleForm } from './alert-rule-form';
import { AlertRulePages } from './alert-rule-pages.service';
import type { StoredRule } from './rule-book';

const LIST = '/quan-tri/nhac-viec';
const place = { title: 'Quy tắc nhắc việc', nav: '/quan-tri', subnav: LIST };

/** The rules of alert: seen in words, tried on the cases of today, changed, switched on and off. */
@Controller('quan-tri/nhac-viec')
@Roles('administrator')
export class AlertRuleController {
  constructor(
    private readonly pages: AlertRulePages,
    private readonly editor: AlertRuleEditor,
  ) {}

  @Get()
  @Page('alerts/rules', place)
  list(@CurrentReader() reader: Reader) {
    return this.pages.list(reader);
  }

  @Get('moi')
  @Page('alerts/rule', place)
  blank() {
    return this.pages.form(null);
  }

  @Post('moi')
  @Page('alerts/rule', place)
  add(@CurrentReader() reader: Reader, @Body() body: Record<string, unknown>) {
    return this.typed(reader, null, body);
  }

  @Get(':id')
  @Page('alerts/rule', place)
  async edit(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    return this.pages.form(await this.pages.find(reader, id));
  }

  @Post(':id')
  @Page('alerts/rule', place)
  async save(
    @CurrentReader() reader: Reader,
    @Param('id', ParseIntPipe) id: number,
    @Body() body: Record<string, unknown>,
  ) {
    return this.typed(reader, await this.pages.find(reader, id), body);
  }

  @Post(':id/doi')
  async switch(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number): Promise<Redirect> {
    const rule = await this.pages.find(reader, id);
    await this.editor.switch(actorOf(reader), await this.pages.scope(reader), rule, !rule.active);
    return redirect(LIST, alertRuleTexts.switched(rule.name, !rule.active));
  }

  @Post(':id/bo')
  async remove(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number): Promise<Redirect> {
    const scope = await this.pages.scope(reader);
    const rule = await this.pages.find(reader, id);
    if (rule.unitId !== null && rule.unitId === scope.unitId)
      await this.editor.remove(actorOf(reader), scope, rule);
    return redirect(LIST, alertRuleTexts.removed);
  }

  /** Tried first when asked for, or when it would be too much and nobody has said that it is meant so. */
  private async typed(reader: Reader, rule: StoredRule | null, body: Record<string, unknown>) {
    const read = readForm(ruleForm, body);
    if (read.faults) return invalid(await this.pages.form(rule, body), read.faults);
    const form = read.value;
    const procedureId = await this.pages.procedureOf(form);
    const unknown = form.thu_tuc !== '' && procedureId === null;
    if (unknown)
      return invalid(await this.pages.form(rule, body), [
        { field: 'thu_tuc', text: alertRuleTexts.noProcedure },
      ]);
    const scope = await this.pages.scope(reader);
    const trial = form.buoc === 'xac-nhan' ? null : await this.pages.tried(form, procedureId, scope);
    if (trial && (form.buoc === 'thu' || trial.tooMuch)) return this.pages.form(rule, body, trial);
    const active = rule?.active ?? true;
    await this.editor.save(actorOf(reader), scope, rule, { ...draftOf(form), procedureId, active });
    return redirect(LIST, alertRuleTexts.saved);
  }
}
