'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const heard = byId('heard');
  for (const element of all('.scripted')) element.hidden = false;

  // Every quote: its card, and its stretches of the text.
  const quotes = [];
  const quoteOf = new Map();
  for (const section of all('.document')) {
    const byNumber = new Map();
    for (const card of all('.card', section)) {
      const quote = {
        card, section, stretches: [], shown: true,
        number: +card.dataset.n, type: card.dataset.type, act: card.dataset.act,
        speakers: [card.dataset.speaker, ...(card.dataset.members || '').split('\n').filter(Boolean)],
        confidence: +card.dataset.confidence, length: +card.dataset.words,
        words: [...card.children].filter((part) => part.matches('.who, .said, .how')).map((part) => part.textContent).join(' ').toLowerCase(),
        mark: byId(`${card.id}-text`), list: card.parentElement,
      };
      quotes.push(quote);
      byNumber.set(quote.number, quote);
      quoteOf.set(card, quote);
    }
    for (const stretch of all('.running [data-q]', section)) {
      const its = stretch.dataset.q.split(' ').filter(Boolean).map((number) => byNumber.get(+number));
      quoteOf.set(stretch, its);
      for (const quote of its) quote.stretches.push(stretch);
    }
    for (const item of all('.claims > li[data-n]', section)) quoteOf.set(item, byNumber.get(+item.dataset.n));
  }
  const inPage = quotes.slice();
  const stretches = all('.running [data-q]');
  const claims = all('.claims > li[data-n]');
  let order = inPage;
  let chosen = null;

  // Choosing one
  const parts = (quote) => (quote.mark ? [quote.mark, ...quote.stretches] : quote.stretches);
  function release() {
    if (!chosen) return;
    for (const part of parts(chosen)) part.classList.remove('on');
    chosen.card.classList.remove('on');
    chosen.card.removeAttribute('aria-current');
    chosen = null;
    tellPlace();
  }
  function choose(quote, { card = true, text = true, focus = true } = {}) {
    release();
    chosen = quote;
    for (const part of parts(quote)) part.classList.add('on');
    quote.card.classList.add('on');
    quote.card.setAttribute('aria-current', 'true');
    history.replaceState(null, '', `#${quote.card.id}`);
    if (text && quote.mark) bringIntoView(quote.mark);
    if (focus) quote.card.focus({ preventScroll: true });
    if (card && (sideBySide() || !text)) quote.card.scrollIntoView({ block: sideBySide() ? 'nearest' : 'center' });
    tellPlace();
  }
  const sideBySide = () => matchMedia('(min-width: 62rem)').matches;
  function bringIntoView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    if (top < byId('toolbar').offsetHeight + 8 || bottom > innerHeight - 80) element.scrollIntoView({ block: 'center' });
  }
  function step(by) {
    const shown = order.filter((quote) => quote.shown);
    if (!shown.length) return;
    const at = shown.indexOf(chosen);
    choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length], { card: true, text: true });
  }
  function tellPlace() {
    const shown = order.filter((quote) => quote.shown);
    const at = shown.indexOf(chosen);
    const few = shown.length < quotes.length ? ` of ${quotes.length}` : '';
    byId('where').textContent = at < 0 ? `${shown.length}${few} quote${shown.length === 1 ? '' : 's'}` : `${at + 1} of ${shown.length}${few ? ' shown' : ''}`;
  }

  // Filters
  const form = byId('filters');
  const field = (name) => byId(`f-${name}`);
  function filter() {
    const words = field('words').value.toLowerCase().split(/\s+/).filter(Boolean);
    const speaker = field('speaker').value;
    const types = new Set(all('[name="type"]:checked', form).map((box) => box.value));
    const acts = field('act')?.value ? new Set(field('act').value.split(' ')) : null;
    const least = +field('confidence').value;
    field('confidence-shown').textContent = least.toFixed(2);
    let count = 0;
    for (const quote of quotes) {
      quote.shown = (speaker === '*' || quote.speakers.includes(speaker)) && types.has(quote.type) && (!acts || acts.has(quote.act))
        && quote.confidence >= least && words.every((word) => quote.words.includes(word));
      quote.card.hidden = !quote.shown;
      quote.mark?.classList.toggle('off', !quote.shown);
      count += quote.shown;
    }
    for (const stretch of stretches) stretch.classList.toggle('off', !quoteOf.get(stretch).some((quote) => quote.shown));
    for (const item of claims) item.hidden = !quoteOf.get(item).shown;
    for (const group of all('.group')) group.hidden = !group.querySelector('.card:not([hidden])');
    for (const section of all('.quotes')) {
      const total = section.querySelectorAll('.card').length;
      const left = section.querySelectorAll('.card:not([hidden])').length;
      section.querySelector('.count').textContent = left < total ? `${left} of ${total}` : total;
    }
    byId('f-reset').hidden = count === quotes.length && field('order').value === 'unknown' && !words.length;
    const set = speaker !== '*' || acts || least > 0 || types.size < form.querySelectorAll('[name="type"]').length;
    more.classList.toggle('set', Boolean(set));
    more.textContent = set ? 'Filters are set' : 'Filters';
    if (chosen && !chosen.shown) release();
    tellPlace();
  }
  const orders = {
    text: (one, other) => one.number - other.number,
    unsure: (one, other) => one.confidence - other.confidence,
    long: (one, other) => other.length - one.length,
  };
  function arrange() {
    const compare = orders[field('order').value];
    const before = order;
    order = inPage;
    if (compare) {
      const place = new Map(all('.document').map((section, index) => [section, index]));
      order = inPage.slice().sort((one, other) => place.get(one.section) - place.get(other.section) || compare(one, other));
    }
    if (order === before) return;
    for (const quote of order) {
      const list = compare ? quote.section.querySelector('.quotes .group:last-of-type .cards') : quote.list;
      list.append(quote.card);
    }
    for (const title of all('.group-title')) title.hidden = Boolean(compare);
  }
  function refine() {
    filter();
    heard.textContent = `${quotes.filter((quote) => quote.shown).length} of ${quotes.length} quotes shown`;
  }
  let waiting = 0;
  for (const kind of ['input', 'change']) {
    form.addEventListener(kind, (event) => {
      if (event.target === field('order')) arrange();
      clearTimeout(waiting);
      waiting = setTimeout(refine, event.target.type === 'search' ? 150 : 0);
    });
  }
  form.addEventListener('submit', (event) => { event.preventDefault(); refine(); });
  const more = byId('more');
  function unfold(open) {
    byId('filters-more').hidden = !open;
    byId('toolbar').classList.toggle('unfolded', open);
    more.setAttribute('aria-expanded', String(open));
    measure();
  }
  more.addEventListener('click', () => unfold(more.getAttribute('aria-expanded') !== 'true'));
  form.addEventListener('reset', () => setTimeout(() => { arrange(); filter(); }));

  // Pointer
  function choiceAt(stretch) {
    const its = quoteOf.get(stretch).filter((quote) => quote.shown);
    return its[(its.indexOf(chosen) + 1) % its.length];
  }
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target;
    const link = target.closest('a, button, summary, input, select, label');
    if (target.closest('.copy')) return copy(quoteOf.get(target.closest('.card')));
    if (link?.dataset.speaker !== undefined) {
      event.preventDefault();
      field('speaker').value = link.dataset.speaker;
      filter();
      return choose(quoteOf.get(byId(link.hash.slice(1))));
    }
    const stretch = target.closest('.running [data-q]');
    if (stretch && getSelection().isCollapsed) {
      const quote = choiceAt(stretch);
      event.preventDefault();
      if (quote) choose(quote, { text: false });
      return;
    }
    const card = target.closest('.card');
    if (link?.hash && link.origin === location.origin && !link.target) {
      const led = quoteOf.get(byId(link.hash.slice(1)));
      if (led?.card && led.shown) { event.preventDefault(); choose(led, { text: !target.closest('.running') }); }
      else if (card && target.closest('.who, .how, dl')) { event.preventDefault(); choose(quoteOf.get(card), { card: false, focus: false }); }
    } else if (card && !link && !target.closest('details') && getSelection().isCollapsed) {
      choose(quoteOf.get(card), { card: false });
    }
  });
  let near = [];
  document.addEventListener('mouseover', (event) => {
    for (const part of near) part.classList.remove('near');
    const stretch = event.target.closest('.running [data-q]');
    const card = event.target.closest('.card');
    const quote = stretch ? quoteOf.get(stretch).find((one) => one.shown) : card && quoteOf.get(card);
    near = quote && quote !== chosen ? quote.stretches : [];
    for (const part of near) part.classList.add('near');
  });

  // Copying
  async function copy(quote) {
    const text = quote.card.querySelector('.citation').textContent;
    const button = quote.card.querySelector('.copy');
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      quote.card.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
      button.focus();
    }
    heard.textContent = done ? `Citation of quote ${quote.number} copied` : 'The browser did not allow copying';
    button.textContent = done ? 'Copied' : 'Not allowed';
    setTimeout(() => { button.textContent = 'Copy citation'; }, 2000);
  }

  // Keys
  const keysOn = byId('keys-on');
  const deeds = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    e: () => { const details = chosen?.card.querySelector('details'); if (details) details.open = !details.open; },
    c: () => chosen && copy(chosen),
    '/': () => field('words').focus(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      byId('keys').open = false;
      if (event.target.closest?.('#filters')) event.target.blur(); else release();
      return;
    }
    if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input:not([type="checkbox"]), select, textarea')) return;
    const deed = deeds[event.key];
    if (deed) { event.preventDefault(); deed(); }
  });
  byId('next').addEventListener('click', () => step(1));
  byId('previous').addEventListener('click', () => step(-1));

  // Sorting of tables
  for (const head of all('.speakers th[data-sort]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sort(head));
  }
  function sort(head) {
    const rows = all('tbody tr', head.closest('table'));
    const numbers = head.dataset.sort === 'number';
    const falls = head.hasAttribute('aria-sort') ? head.getAttribute('aria-sort') === 'ascending' : numbers;
    const value = (row) => (numbers ? +row.cells[head.cellIndex].dataset.value : row.cells[head.cellIndex].textContent.toLowerCase());
    const compare = (one, other) => (numbers ? value(one) - value(other) : value(one).localeCompare(value(other)));
    rows.sort((one, other) => (falls ? -1 : 1) * compare(one, other));
    for (const other of all('th', head.parentElement)) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
    rows[0]?.parentElement.append(...rows);
  }

  // Beginning
  const measure = () => root.style.setProperty('--bar-height', `${byId('toolbar').offsetHeight}px`);
  addEventListener('resize', measure);
  unfold(sideBySide() && innerHeight >= 700);
  const follow = () => {
    const element = byId(decodeURIComponent(location.hash.slice(1)));
    const quote = element && quoteOf.get(element.closest('.card'));
    if (quote) choose(quote, { focus: false });
  };
  addEventListener('hashchange', follow);
  form.reset();
  follow();
})();
