/** Names of what is known of a case, as people see them: in what an import changes, and where a fact comes from. */
export const caseColumnLabels: Record<string, string> = {
  procedure_id: 'Thủ tục',
  department_id: 'Đơn vị xử lý',
  officer_name: 'Cán bộ xử lý',
  applicant_name: 'Chủ hồ sơ',
  applicant_kind: 'Loại đối tượng',
  address: 'Địa chỉ',
  phone: 'Số điện thoại',
  email: 'Thư điện tử',
  summary: 'Trích yếu hồ sơ',
  channel: 'Kênh thực hiện',
  status: 'Trạng thái',
  submitted_at: 'Ngày nộp hồ sơ',
  received_at: 'Ngày tiếp nhận',
  promised_first_at: 'Ngày hẹn trả lần đầu',
  promised_at: 'Ngày hẹn trả',
  finished_at: 'Ngày kết thúc xử lý',
  returned_at: 'Ngày trả kết quả',
};

export const applicantKindLabels: Record<string, string> = {
  person: 'Cá nhân',
  organisation: 'Tổ chức',
  'household-business': 'Hộ kinh doanh',
};
