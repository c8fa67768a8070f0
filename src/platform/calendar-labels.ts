/** What a change of the calendar is called: in the list of versions, and in the history of each case it moves. */
export const calendarLabels = {
  nation: 'Lịch chung',
  range: (from: string, to: string): string => (from === to ? from : `${from} đến ${to}`),
  off: (range: string, name: string): string => `Nghỉ ${range} (${name})`,
  swap: (off: string, worked: string, name: string): string => `Nghỉ ${off}, làm bù ${worked} (${name})`,
  makeUpName: (off: string): string => `Làm bù cho ${off}`,
  worked: (day: string, name: string): string => `Làm việc ${day} (${name})`,
  half: (day: string, hours: string, name: string): string => `Làm việc ${hours} ngày ${day} (${name})`,
  awaited: (day: string, name: string): string => `Chờ văn bản về ${day} (${name})`,
  takenBack: (days: string[], reason: string): string => `Bỏ khỏi lịch ${days.join(', ')} (${reason})`,
  reworded: (day: string): string => `Sửa tên, số văn bản của ${day}`,
  hours: 'Sửa giờ làm việc',
  hoursFrom: (day: string): string => `Giờ làm việc từ ${day}`,
  hoursInherited: 'Bỏ giờ làm việc riêng, theo lịch cấp trên',
  period: (name: string, from: string, to: string, yearly: boolean): string =>
    `${name} từ ${from} đến ${to}${yearly ? ', hằng năm' : ''}`,
  periodBack: (name: string): string => `Bỏ đợt ${name}`,
  decided: (year: number): string => `Lịch nghỉ năm ${year} theo quyết định`,
  restored: (version: number): string => `Lập lại bản ${version}`,
  applied: (version: number, moved: number): string =>
    moved === 0
      ? `Đã áp dụng bản ${version}. Không hồ sơ nào đổi hạn tính lại.`
      : `Đã áp dụng bản ${version}. Hạn tính lại của ${moved} hồ sơ đã đổi.`,
  dayOff: 'ngày nghỉ',
  dayWorked: 'ngày làm bù',
  firstDay: 'ngày đầu',
  lastDay: 'ngày cuối',
  anyDay: 'ngày',
  hoursOfDay: 'Giờ của ngày này',
} as const;
