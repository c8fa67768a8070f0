// Every page works without this file. It adds: the picked count, list keys, "why" rows, print buttons, the banner of
// a lost line, text kept while a form is unfinished, and focus on what is wrong.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- Lists: picked count, "why" rows, letter keys -----------------------------------------------------------
  const showPicked = () => {
    const out = $('[data-picked]');
    if (out) out.textContent = `${$$('[data-rowkeys] .check:checked').length} ${out.dataset.picked || 'hồ sơ'}`;
  };
  const whyRow = (link) => document.getElementById(link.dataset.why);
  const setWhy = (link, open) => {
    link.setAttribute('aria-expanded', String(open));
    whyRow(link).hidden = !open;
  };
  const toggleWhy = (link) => setWhy(link, link.getAttribute('aria-expanded') !== 'true');
  const upgrade = () => {
    for (const link of $$('[data-why]:not([role])')) {
      if (!whyRow(link)) continue;
      link.setAttribute('role', 'button');
      link.setAttribute('aria-controls', link.dataset.why);
      setWhy(link, !whyRow(link).hidden);
    }
    showPicked();
    lockWrites(!navigator.onLine);
  };

  const letterKeys = document.body.hasAttribute('data-letter-keys');
  const onListKey = (event, list) => {
    const rows = $$('.q__row', list);
    const row = event.target.closest('.q__row') || event.target.closest('.q__exp')?.previousElementSibling;
    const go = (index) => {
      const to = rows[Math.max(0, Math.min(rows.length - 1, index))];
      $('.q__title', to)?.focus();
      to?.scrollIntoView({ block: 'nearest' });
    };
    const pick = () => {
      const box = row && $('.check', row);
      if (!box) return;
      box.checked = !box.checked;
      showPicked();
    };
    const why = row && $('[data-why]', row);
    const acts = {
      j: () => go(rows.indexOf(row) + 1),
      k: () => go(rows.indexOf(row) - 1),
      x: pick,
      v: () => why && toggleWhy(why),
      '/': () => $('#tim')?.focus(),
    };
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  };
  // Single letters act only while focus is inside the list (WCAG 2.1.4) and can be switched off in the account.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches) return;
    if (event.key === ' ' && event.target.matches('[data-why]')) {
      event.preventDefault();
      toggleWhy(event.target);
      return;
    }
    if (!letterKeys || event.target.matches('input:not([type=checkbox]), select, textarea')) return;
    if (event.key === '?') {
      $('#phim-tat')?.showModal();
      return;
    }
    const list = event.target.closest('[data-rowkeys]');
    if (list) onListKey(event, list);
  });
  document.addEventListener('focusin', (event) => {
    for (const row of $$('.q__row.is-cur')) row.classList.remove('is-cur');
    event.target.closest?.('.q__row')?.classList.add('is-cur');
  });

  // --- Small acts -----------------------------------------------------------------------------------------------
  document.addEventListener('click', (event) => {
    const why = event.target.closest('[data-why][role]');
    if (why && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      toggleWhy(why);
    }
    if (event.target.closest('[data-print]')) window.print();
    if (event.target.closest('[data-retry]')) window.location.reload();
  });
  document.addEventListener('change', (event) => {
    const { target } = event;
    if (target.matches('[data-rowkeys] .check')) showPicked();
    if (target.matches('[data-pick-all]'))
      for (const box of $$('.check:not([disabled]):not([data-pick-all])', target.form)) box.checked = target.checked;
    if (target.matches('[data-pick-all]')) showPicked();
    if (target.matches('[data-autosubmit]')) target.form.requestSubmit();
    if (target.matches('.filepick input')) {
      const names = [...target.files].map((file) => file.name).join(', ');
      $('[data-filename]', target.closest('.filepick')).textContent = names || 'Chưa chọn tệp nào';
    }
  });
  document.addEventListener('reset', () => setTimeout(showPicked));

  // --- Lost line ------------------------------------------------------------------------------------------------
  function lockWrites(lost) {
    const banner = $('#mat-mang');
    if (!banner) return;
    banner.hidden = !lost;
    for (const button of $$('form[method=post] button:not([type=button]):not([type=reset])')) {
      if (lost) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }
  window.addEventListener('offline', () => lockWrites(true));
  window.addEventListener('online', () => lockWrites(false));
  document.addEventListener('htmx:error', (event) => {
    if (event.detail?.error instanceof TypeError) lockWrites(true);
  });
  document.addEventListener('htmx:after:swap', upgrade);
  document.addEventListener('htmx:after:request', () => lockWrites(!navigator.onLine));
  document.addEventListener('submit', (event) => {
    if (event.submitter?.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });

  // --- Text of unfinished forms: <form data-keep="…">; forgotten on success and on sign-out -------------------------
  const KEPT = 'giu:';
  const fieldsOf = (form) =>
    $$('input, textarea, select', form).filter(
      (e) => e.name && !['hidden', 'password', 'file', 'submit', 'checkbox', 'radio'].includes(e.type),
    );
  const keep = (form) =>
    sessionStorage.setItem(
      KEPT + form.dataset.keep,
      JSON.stringify(Object.fromEntries(fieldsOf(form).map((e) => [e.name, e.value]))),
    );
  const offer = (form, kept) => {
    const fields = fieldsOf(form).filter((e) => e.name in kept && e.value !== kept[e.name]);
    const pattern = $('#mau-giu-lai');
    if (!fields.length || !pattern) return;
    form.before(pattern.content.cloneNode(true));
    const box = form.previousElementSibling;
    $('[data-kept=take]', box).addEventListener('click', () => {
      for (const field of fields) field.value = kept[field.name];
      box.remove();
      fields[0].focus();
    });
    $('[data-kept=drop]', box).addEventListener('click', () => {
      sessionStorage.removeItem(KEPT + form.dataset.keep);
      box.remove();
    });
  };
  const signedIn = document.body.hasAttribute('data-signed-in');
  const sent = sessionStorage.getItem('da-gui');
  sessionStorage.removeItem('da-gui');
  // Sent and not shown again with faults: it was accepted.
  if (sent && signedIn && !$('.faults, .errpage')) sessionStorage.removeItem(KEPT + sent);
  for (const form of $$('form[data-keep]')) {
    const kept = sessionStorage.getItem(KEPT + form.dataset.keep);
    if (kept) offer(form, JSON.parse(kept));
    form.addEventListener('input', () => keep(form));
    form.addEventListener('submit', () => sessionStorage.setItem('da-gui', form.dataset.keep));
  }
  $('[data-sign-out]')?.addEventListener('submit', () => sessionStorage.clear());

  upgrade();
  // On a phone the second navigation is wider than the screen.
  for (const here of $$('.subnav [aria-current]')) here.scrollIntoView({ block: 'nearest', inline: 'center' });
  const list = $('.desk__scroll');
  const shown = list && $('[aria-current]', list);
  const top = (element) => element.getBoundingClientRect().top;
  if (shown) list.scrollTop += top(shown) - top(list) - list.clientHeight / 3;
  $('.faults')?.focus();
})();
