import { JOBS } from './catalogue';
import { jobName, jobWords } from './job-words';

describe('the words for jobs', () => {
  it('name every job of the catalogue and no other, each differently', () => {
    expect(Object.keys(jobWords).sort()).toEqual(Object.keys(JOBS).sort());
    expect(new Set(Object.values(jobWords)).size).toBe(Object.keys(JOBS).length);
  });

  it('leave an unknown job its own name', () => expect(jobName('old.job')).toBe('old.job'));
});
