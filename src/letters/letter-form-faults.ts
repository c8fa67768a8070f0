import type { DocumentSource } from '../documents/document-renderer';
import { longInstant } from '../documents/document-format';
import { markupFaults, type MarkupFaultKind } from '../documents/template-markup';
import { structureFaults, type StructureFaultKind } from '../documents/template-structure';
import { plainText, templateTree } from '../documents/template-tree';
import type { ErrorCode } from '../platform/errors';
import { formFields } from '../platform/letter-field-labels';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { samplesOf } from './form-samples';
import { SHARED_PARTS } from './shipped-forms';

export const MAX_SOURCE = 50_000;
/** Input of the text. */
const FIELD = 'noi_dung';
/** So many are told at once. */
const TOLD = 12;

const CODES: Record<StructureFaultKind | MarkupFaultKind, ErrorCode> = {
  syntax: 'FORM_SYNTAX',
  'unknown-field': 'FORM_FIELD_UNKNOWN',
  'unknown-helper': 'FORM_HELPER_UNKNOWN',
  'helper-use': 'FORM_HELPER_USE',
  'wrong-kind': 'FORM_KIND',
  'needs-helper': 'FORM_NEEDS_HELPER',
  'not-printed': 'FORM_NOT_PRINTED',
  unguarded: 'FORM_UNGUARDED',
  block: 'FORM_BLOCK',
  'block-use': 'FORM_BLOCK',
  'not-a-list': 'FORM_BLOCK',
  unescaped: 'FORM_UNESCAPED',
  decorator: 'FORM_DECORATOR',
  part: 'FORM_PART',
  'part-use': 'FORM_PART_USE',
  'part-unfit': 'FORM_PART_UNFIT',
  tag: 'FORM_TAG',
  attribute: 'FORM_ATTRIBUTE',
  unclosed: 'FORM_UNCLOSED',
  stray: 'FORM_STRAY',
  outside: 'FORM_OUTSIDE',
  'field-in-tag': 'FORM_BROKEN_TAG',
  'too-deep': 'FORM_TOO_DEEP',
};

/** What is wrong with a text before it is tried: fields, helpers, blocks, parts and tags. */
export function sourceFaults(form: string, source: string): FormFault[] {
  if (source.trim() === '') return [fault(FIELD, 'FORM_EMPTY')];
  if (source.length > MAX_SOURCE)
    return [fault(FIELD, 'FORM_SOURCE_TOO_LONG', { length: source.length, most: MAX_SOURCE })];
  const found = [
    ...structureFaults(source, { fields: formFields(form), parts: SHARED_PARTS }),
    ...markupFaults(source, SHARED_PARTS),
  ];
  return found.slice(0, TOLD).map((f) =>
    fault(FIELD, CODES[f.kind], {
      line: f.line,
      found: f.found,
      needs: 'needs' in f ? (f.needs ?? '') : '',
    }),
  );
}

interface Fact {
  fact: string;
  /** how it is written */
  sign: string;
  shown: string;
}

/** What is wrong with a text as it is printed: it must say what the law asks, whatever a case has. */
export function renderedFaults(
  form: string,
  source: DocumentSource,
  render: (source: DocumentSource, model: object) => string,
): FormFault[] {
  const { longest, emptiest } = samplesOf(form);
  const faults: FormFault[] = [];
  const textOf = (sample: string, model: object): string | null => {
    try {
      return oneLine(plainText(templateTree(render(source, model))));
    } catch (error) {
      const message = (error as Error).message.replace(/\s+/g, ' ').slice(0, 200);
      faults.push(fault(FIELD, 'FORM_RENDER', { sample, message }));
      return null;
    }
  };
  const full = textOf('số liệu dài nhất', longest);
  const bare = textOf('số liệu ít nhất', emptiest);
  if (full === null || bare === null) return faults;
  const missing = [...factsOf(form, longest).filter((f) => !full.includes(oneLine(f.shown)))];
  const always = factsOf(form, emptiest).filter((f) => f.shown !== '' && !bare.includes(oneLine(f.shown)));
  const told = new Map([...missing, ...always].map((f) => [f.fact, f]));
  return [...told.values()].map(({ fact, sign }) => fault(FIELD, 'FORM_FACT_MISSING', { fact, sign }));
}

const oneLine = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

interface Told {
  addressee: { name: string };
  code: string;
  reasonLines: string[];
  newDueAt?: string | null;
  components?: { name: string }[];
}

function factsOf(form: string, model: Told): Fact[] {
  const facts: Fact[] = [
    { fact: 'tên cá nhân, tổ chức', sign: '{{addressee.name}}', shown: model.addressee.name },
    { fact: 'mã hồ sơ', sign: '{{code}}', shown: model.code },
    { fact: 'lý do', sign: '{{> reason}}', shown: model.reasonLines[0] ?? '' },
    { fact: 'các đoạn lý do tiếp theo', sign: '{{> further-reasons}}', shown: model.reasonLines[1] ?? '' },
  ];
  if (PROMISING.includes(form))
    facts.push({
      ...{ fact: 'ngày hẹn lại', sign: '{{> new-due}}' },
      shown: model.newDueAt ? longInstant(model.newDueAt) : '',
    });
  for (const component of model.components?.slice(0, 1) ?? [])
    facts.push({
      fact: 'danh sách giấy tờ',
      sign: '{{#each components}}{{name}}{{/each}}',
      shown: component.name,
    });
  return facts;
}

const PROMISING = ['extension-apology', 'late-apology', 'apology-2018'];
