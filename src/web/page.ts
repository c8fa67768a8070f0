import { SetMetadata } from '@nestjs/common';

export const PAGE_KEY = 'page';

export interface PageOptions {
  /** Browser title and print head; the view model's own `title` wins. */
  title: string;
  /** Entry of the main navigation that is marked as current, e.g. '/hang-viec'. */
  nav?: string;
  /** Entry of the administrator's second navigation that is marked, e.g. '/quan-tri/nhap-ho-so'; others see `nav`. */
  subnav?: string;
  /** Layout below templates/layouts; 'bare' has no header. */
  layout?: 'app' | 'bare';
  /** Class of the page's main element, e.g. 'p-queue'; the view model's own `pageClass` wins. */
  pageClass?: string;
}

export interface PageMetadata extends PageOptions {
  template: string;
}

/**
 * The handler returns a plain view model; it is rendered with templates/pages/<template>.hbs inside the layout.
 * It may also return `redirect(…)` or `invalid(…)`.
 */
export const Page = (template: string, options: PageOptions) =>
  SetMetadata(PAGE_KEY, { template, ...options } satisfies PageMetadata);

/** 303 to `url`; `notice` is shown once at the top of the next page ("Đã cấp số 16"). */
export class Redirect {
  constructor(
    readonly url: string,
    readonly notice?: string,
  ) {}
}
export const redirect = (url: string, notice?: string): Redirect => new Redirect(url, notice);

/** The same page again with status 422: `faults` fill the error summary, values stay in the form. */
export class Invalid {
  constructor(
    readonly model: object,
    readonly faults: FormFault[],
  ) {}
}
export interface FormFault {
  /** id of the input the summary links to */
  field: string;
  text: string;
}
export const invalid = (model: object, faults: FormFault[]): Invalid => new Invalid(model, faults);
