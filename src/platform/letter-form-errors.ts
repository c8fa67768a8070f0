import type { ErrorEntry } from './error-entry';

const at = (line: string | number | undefined): string => `Dòng ${line}: `;

/** Errors of the forms that letters and notices are made with. */
export const letterFormErrors = {
  LETTER_FORM_MISSING: {
    status: 422,
    text: ({ name, day }) => `Không có mẫu “${name}” nào có hiệu lực vào ${day}.`,
    remedy: () => 'Chọn ngày khác, hoặc đề nghị quản trị thêm bản có hiệu lực ngày đó ở mục Mẫu văn bản.',
  },
  FORM_UNKNOWN: {
    status: 404,
    text: ({ form }) => `Không có mẫu văn bản ${form}.`,
    remedy: () => 'Xem danh sách ở Quản trị, Mẫu và lý do, Mẫu văn bản.',
  },
  FORM_EMPTY: { status: 422, text: () => 'Mẫu chưa có chữ nào.' },
  FORM_SOURCE_TOO_LONG: {
    status: 422,
    text: ({ length, most }) => `Mẫu dài ${length} ký tự, nhiều nhất ${most} ký tự.`,
    remedy: () => 'Bỏ bớt chữ.',
  },
  FORM_SYNTAX: {
    status: 422,
    text: ({ line }) => `${at(line)}ngoặc nhọn chưa đóng hoặc đóng sai.`,
    remedy: () => 'Mỗi trường viết trong {{ và }}; mỗi {{#if …}} có một {{/if}}.',
  },
  FORM_FIELD_UNKNOWN: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không có trường ${found}.`,
    remedy: () => 'Chọn một trường trong danh sách bên dưới.',
  },
  FORM_HELPER_UNKNOWN: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không có lệnh ${found}.`,
    remedy: () => 'Chỉ dùng các lệnh trong danh sách bên dưới.',
  },
  FORM_HELPER_USE: {
    status: 422,
    text: ({ line, found }) => `${at(line)}lệnh ${found} viết chưa đúng.`,
    remedy: ({ found }) =>
      found === 'eq' ? 'Viết {{#if (eq trường "chữ")}}.' : `Viết {{${found} trường}}, mỗi lệnh một trường.`,
  },
  FORM_KIND: {
    status: 422,
    text: ({ line, found, needs }) => `${at(line)}lệnh ${found} không dùng được cho ${needs}.`,
    remedy: () => 'Dùng gioNgayDu cho giờ và ngày, ngayDu cho ngày, haiSo cho số, vietHoaDau cho chữ.',
  },
  FORM_NEEDS_HELPER: {
    status: 422,
    text: ({ line, found }) => `${at(line)}${found} là ngày, chưa nói cách viết.`,
    remedy: ({ found, needs }) => `Viết {{${needs} ${found}}}.`,
  },
  FORM_NOT_PRINTED: {
    status: 422,
    text: ({ line, found }) => `${at(line)}${found} không in ra được.`,
    remedy: ({ found }) => `Chỉ dùng trong {{#if ${found}}} hoặc {{#each ${found}}}.`,
  },
  FORM_UNGUARDED: {
    status: 422,
    text: ({ line, found }) => `${at(line)}{{${found}}} có thể không có, khi đó văn bản bị hụt chữ.`,
    remedy: ({ needs }) => `Đặt trong {{#if ${needs}}} … {{/if}}.`,
  },
  FORM_BLOCK: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không dùng được khối {{#${found}}}.`,
    remedy: () => 'Chỉ dùng {{#if}}, {{#unless}}, {{#each}} với một trường.',
  },
  FORM_UNESCAPED: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không dùng ba ngoặc nhọn hoặc dấu & ở ${found}.`,
    remedy: ({ found }) => `Viết {{${found}}}.`,
  },
  FORM_DECORATOR: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không dùng được {{* ${found}}} hoặc mẫu lồng có nội dung riêng.`,
    remedy: () => 'Bỏ chỗ này.',
  },
  FORM_PART: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không có phần dùng chung {{> ${found}}}.`,
    remedy: () => 'Chọn một phần trong danh sách bên dưới.',
  },
  FORM_PART_USE: {
    status: 422,
    text: ({ line, found }) => `${at(line)}phần dùng chung {{> ${found}}} đặt chưa đúng chỗ.`,
    remedy: ({ found }) => `Chỉ viết {{> ${found}}}, không thêm gì, không đặt trong {{#each}}.`,
  },
  FORM_PART_UNFIT: {
    status: 422,
    text: ({ line, found, needs }) => `${at(line)}phần {{> ${found}}} cần ${needs}, mẫu này không có.`,
    remedy: () => 'Bỏ phần này.',
  },
  FORM_TAG: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không dùng được thẻ ${found}.`,
    remedy: () =>
      'Dùng article, section, div, p, h1, h2, table, thead, tbody, tr, th, td, ul, ol, li, b, i, u, br, span.',
  },
  FORM_ATTRIBUTE: {
    status: 422,
    text: ({ line, found }) => `${at(line)}không dùng được thuộc tính ${found}.`,
    remedy: () => 'Chỉ dùng class, colspan, rowspan.',
  },
  FORM_UNCLOSED: {
    status: 422,
    text: ({ line, found }) => `${at(line)}thẻ ${found} chưa đóng.`,
    remedy: () => 'Mở và đóng thẻ trong cùng một nhánh {{#if}}.',
  },
  FORM_STRAY: {
    status: 422,
    text: ({ line, found }) => `${at(line)}${found} đóng một thẻ không mở ở đó.`,
    remedy: () => 'Mở và đóng thẻ trong cùng một nhánh {{#if}}.',
  },
  FORM_OUTSIDE: {
    status: 422,
    text: ({ line, found }) => `${at(line)}chữ “${found}” nằm ngoài đoạn văn.`,
    remedy: () => 'Đặt chữ trong <p> … </p>.',
  },
  FORM_BROKEN_TAG: {
    status: 422,
    text: ({ line, found }) => `${at(line)}thẻ viết dở hoặc có trường bên trong: ${found}`,
    remedy: () => 'Không đặt trường trong thẻ. Dấu nhỏ hơn viết là &lt;.',
  },
  FORM_TOO_DEEP: { status: 422, text: () => 'Các thẻ lồng nhau quá sâu.', remedy: () => 'Bỏ bớt lớp thẻ.' },
  FORM_RENDER: {
    status: 422,
    text: ({ sample, message }) => `Không lập được văn bản với ${sample}: ${message}.`,
    remedy: () => 'Xem lại chỗ sửa gần nhất.',
  },
  FORM_FACT_MISSING: {
    status: 422,
    text: ({ fact }) => `Mẫu thiếu ${fact}.`,
    remedy: ({ sign }) => `Thêm ${sign}.`,
  },
  FORM_TOO_MANY_PAGES: {
    status: 422,
    text: ({ pages, most }) => `Với số liệu dài nhất, văn bản dài ${pages} trang, nhiều nhất ${most} trang.`,
    remedy: () => 'Rút gọn mẫu hoặc chọn khổ giấy A4.',
  },
  FORM_DATE_UNREADABLE: {
    status: 422,
    text: () => 'Ngày chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026.',
  },
  FORM_FROM_PAST: {
    status: 422,
    text: ({ today }) => `Bản của cơ quan có hiệu lực từ hôm nay (${today}) trở đi.`,
    remedy: () => 'Văn bản đã ghi ngày trước đó giữ nguyên mẫu cũ. Chọn hôm nay hoặc ngày sau.',
  },
  FORM_TO_BEFORE_FROM: {
    status: 422,
    text: () => 'Ngày hết hiệu lực trước ngày có hiệu lực.',
    remedy: () => 'Sửa một trong hai ngày, hoặc để trống ngày hết hiệu lực.',
  },
  FORM_CHANGED_MEANWHILE: {
    status: 409,
    text: ({ who }) => `Mẫu vừa được ${who} sửa trong lúc đang mở trang này.`,
    remedy: () => 'Chép phần vừa sửa, tải lại trang rồi sửa trên bản mới.',
  },
  FORM_BASIS_MISSING: {
    status: 422,
    text: () => 'Chưa ghi căn cứ của mẫu.',
    remedy: () => 'Ghi văn bản quy định mẫu này.',
  },
  FORM_ENDED: {
    status: 409,
    text: ({ day }) => `Mẫu này hết hiệu lực ${day}, chỉ dùng cho văn bản ghi ngày trước đó.`,
  },
} satisfies Record<string, ErrorEntry>;
