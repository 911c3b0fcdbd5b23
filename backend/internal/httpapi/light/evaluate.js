// SPDX-License-Identifier: AGPL-3.0-or-later

// The evaluation of a host with a weak line: one page, no framework. What is written
// stays in the browser until the server has it; the token stands behind the #, so that
// no log sees it, and opens this form and nothing else.
'use strict';
(() => {
  const texts = {"en": {"lang": "Language", "title": "Evaluation", "loading": "One moment.", "lead": "{person} served with you, {host}, from {from} to {to}: {title}. It takes five minutes. What you write stays on this device until it is sent.", "send": "Send", "again_send": "Send the changes", "save": "Save as a file", "kept": "Kept on this device. You can close the page and go on later.", "sent": "Thank you. Your evaluation has arrived. You can still change it here until the file is closed.", "waiting": "There is no connection. Your answers are kept here, and are sent by themselves as soon as there is one. You can also save them as a file and mail it to the programme.", "sending": "Sending.", "dead": "This link does not work any more, or it is not complete. Please ask the programme for a new one.", "closed": "This evaluation is closed. Thank you.", "missing": "Please answer this.", "wrong": "Some answers are missing. They are marked.", "fault": "This did not work. Your answers are kept; please try again later.", "optional": "(optional)", "q": {"objective": "Was the objective reached?", "passed_on": "Were skills passed on?", "working_together": "Did you work well together?", "again": "Would you take this person again?", "skills": "Which of these skills have you seen this person use well?", "comment": "Anything else"}, "a": {"not": "Not", "partly": "Partly", "mostly": "Mostly", "fully": "Fully", "yes": "Yes", "no": "No"}}, "fr": {"lang": "Langue", "title": "Évaluation", "loading": "Un instant.", "lead": "{person} a servi chez vous, {host}, du {from} au {to} : {title}. Cela prend cinq minutes. Ce que vous écrivez reste sur cet appareil jusqu'à l'envoi.", "send": "Envoyer", "again_send": "Envoyer les changements", "save": "Enregistrer dans un fichier", "kept": "Gardé sur cet appareil. Vous pouvez fermer la page et continuer plus tard.", "sent": "Merci. Votre évaluation est arrivée. Vous pouvez encore la changer ici tant que le dossier n'est pas clos.", "waiting": "Il n'y a pas de connexion. Vos réponses sont gardées ici et partent d'elles-mêmes dès qu'il y en a une. Vous pouvez aussi les enregistrer dans un fichier et l'envoyer par courriel au programme.", "sending": "Envoi en cours.", "dead": "Ce lien ne fonctionne plus, ou il n'est pas complet. Demandez-en un nouveau au programme.", "closed": "Cette évaluation est close. Merci.", "missing": "Veuillez répondre.", "wrong": "Il manque des réponses. Elles sont signalées.", "fault": "Cela n'a pas marché. Vos réponses sont gardées ; réessayez plus tard.", "optional": "(facultatif)", "q": {"objective": "L'objectif est-il atteint ?", "passed_on": "Des compétences ont-elles été transmises ?", "working_together": "Avez-vous bien travaillé ensemble ?", "again": "Accueilleriez-vous cette personne de nouveau ?", "skills": "Lesquelles de ces compétences avez-vous vu cette personne bien employer ?", "comment": "Autre chose"}, "a": {"not": "Non", "partly": "En partie", "mostly": "En grande partie", "fully": "Entièrement", "yes": "Oui", "no": "Non"}}, "ar": {"lang": "اللغة", "title": "تقييم", "loading": "لحظة.", "lead": "خدم {person} لديكم، {host}، من {from} إلى {to}: {title}. يستغرق الأمر خمس دقائق. يبقى ما تكتبه على هذا الجهاز حتى يُرسل.", "send": "أرسل", "again_send": "أرسل التغييرات", "save": "احفظ في ملف", "kept": "محفوظ على هذا الجهاز. يمكنك إغلاق الصفحة والمتابعة لاحقًا.", "sent": "شكرًا. وصل تقييمك. يمكنك تغييره هنا حتى يُغلق الملف.", "waiting": "لا يوجد اتصال. إجاباتك محفوظة هنا وتُرسل من نفسها عند عودة الاتصال. يمكنك أيضًا حفظها في ملف وإرساله بالبريد إلى البرنامج.", "sending": "يجري الإرسال.", "dead": "لم يعد هذا الرابط يعمل أو هو غير كامل. اطلب رابطًا جديدًا من البرنامج.", "closed": "أُغلق هذا التقييم. شكرًا.", "missing": "يرجى الإجابة.", "wrong": "تنقص بعض الإجابات، وهي معلّمة.", "fault": "لم ينجح ذلك. إجاباتك محفوظة؛ حاول لاحقًا.", "optional": "(اختياري)", "q": {"objective": "هل تحقّق الهدف؟", "passed_on": "هل نُقلت المهارات؟", "working_together": "هل عملتم معًا جيّدًا؟", "again": "هل تستقبلون هذا الشخص مرّة أخرى؟", "skills": "أيّ هذه المهارات رأيتم الشخص يستعملها جيّدًا؟", "comment": "شيء آخر"}, "a": {"not": "لا", "partly": "جزئيًا", "mostly": "غالبًا", "fully": "كلّيًا", "yes": "نعم", "no": "لا"}}, "pt": {"lang": "Língua", "title": "Avaliação", "loading": "Um momento.", "lead": "{person} serviu convosco, {host}, de {from} a {to}: {title}. Demora cinco minutos. O que escreve fica neste aparelho até ser enviado.", "send": "Enviar", "again_send": "Enviar as mudanças", "save": "Guardar num ficheiro", "kept": "Guardado neste aparelho. Pode fechar a página e continuar depois.", "sent": "Obrigado. A sua avaliação chegou. Ainda a pode mudar aqui até o processo ser fechado.", "waiting": "Não há ligação. As suas respostas ficam aqui e são enviadas sozinhas logo que haja uma. Também as pode guardar num ficheiro e enviá-lo por correio ao programa.", "sending": "A enviar.", "dead": "Esta ligação já não funciona, ou não está completa. Peça uma nova ao programa.", "closed": "Esta avaliação está fechada. Obrigado.", "missing": "Por favor responda.", "wrong": "Faltam respostas. Estão marcadas.", "fault": "Isto não resultou. As suas respostas estão guardadas; tente mais tarde.", "optional": "(opcional)", "q": {"objective": "O objetivo foi atingido?", "passed_on": "Foram transmitidas competências?", "working_together": "Trabalharam bem juntos?", "again": "Receberia esta pessoa de novo?", "skills": "Quais destas competências viu esta pessoa usar bem?", "comment": "Mais alguma coisa"}, "a": {"not": "Não", "partly": "Em parte", "mostly": "Em grande parte", "fully": "Totalmente", "yes": "Sim", "no": "Não"}}};
  const names = { en: 'English', fr: 'Français', ar: 'العربية', pt: 'Português' };
  const token = location.hash.slice(1);
  const $ = (id) => document.getElementById(id);
  const place = 'sankofa.evaluation.' + token.slice(-12);
  const kept = read();
  let form = kept.form;
  let said = 'loading';
  let tongue = kept.tongue || (navigator.languages || []).map((one) => one.slice(0, 2)).find((one) => texts[one]) || 'en';
  let busy = false;

  function read() {
    try { return JSON.parse(localStorage.getItem(place)) || { answers: {} }; } catch { return { answers: {} }; }
  }
  function keep() {
    try { localStorage.setItem(place, JSON.stringify({ ...kept, form, tongue })); } catch { /* A browser that keeps nothing still sends. */ }
  }
  const day = (date) => new Date(date + 'T00:00:00Z').toLocaleDateString(tongue, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const word = (name) => texts[tongue][name];

  function say(name, tone = '') {
    said = name;
    $('state').className = tone;
    $('state').textContent = name ? word(name) : '';
  }

  async function ask(what, body) {
    const answer = await fetch('/api/v1/evaluation/' + what, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, ...body }) });
    if (answer.ok) return answer.status === 204 ? {} : answer.json();
    const problem = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail), { status: answer.status, problem });
  }

  function element(tag, set, ...children) {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...children);
    return made;
  }

  function options(question) {
    if (question.kind === 'level') return ['not', 'partly', 'mostly', 'fully'].map((value) => [value, word('a')[value]]);
    if (question.kind === 'yes_no') return ['yes', 'no'].map((value) => [value, word('a')[value]]);
    return question.options.map((label, at) => [String(at), label]);
  }

  function asked(question) {
    const id = 'q-' + question.name;
    const name = word('q')[question.name] + (question.required ? '' : ' ' + word('optional'));
    const wrong = element('p', { className: 'wrong', id: id + '-wrong' });
    if (question.kind === 'text') {
      const box = element('textarea', { id, rows: 4, maxLength: 5000, value: kept.answers[question.name] || '', dir: 'auto' });
      box.addEventListener('input', () => put(question.name, box.value));
      return element('div', { className: 'field' }, element('label', { htmlFor: id, textContent: name }), wrong, box);
    }
    const several = question.kind === 'skills';
    const chosen = new Set((kept.answers[question.name] || '').split(',').filter(Boolean));
    const rows = options(question).map(([value, label]) => {
      const input = element('input', { type: several ? 'checkbox' : 'radio', name: question.name, value, id: id + value, checked: chosen.has(value) });
      input.addEventListener('change', () => {
        if (!several) return put(question.name, value);
        if (input.checked) chosen.add(value); else chosen.delete(value);
        put(question.name, [...chosen].sort((a, b) => a - b).join(','));
      });
      return element('label', { className: 'option', htmlFor: id + value }, input, element('span', { textContent: label, dir: 'auto' }));
    });
    return element('fieldset', {}, element('legend', { textContent: name }), wrong, ...rows);
  }

  function put(name, value) {
    kept.answers[name] = value;
    kept.sent = false;
    kept.wanted = false;
    keep();
    $('kept').textContent = word('kept');
  }

  function show() {
    document.documentElement.lang = tongue;
    document.documentElement.dir = tongue === 'ar' ? 'rtl' : 'ltr';
    document.title = word('title') + ' – Sankofa';
    $('title').textContent = word('title');
    $('tongue-label').textContent = word('lang');
    if (said) $('state').textContent = word(said);
    if (!form) return;
    $('lead').textContent = word('lead').replace(/\{(\w+)\}/g, (_, name) => '\u2068' + (/^(from|to)$/.test(name) ? day(form[name]) : form[name] || '') + '\u2069');
    $('send').textContent = word(kept.sent ? 'again_send' : 'send');
    $('save').textContent = word('save');
    $('questions').replaceChildren(...form.questions.map(asked));
    $('form').hidden = false;
  }

  function lacking() {
    const missing = form.questions.filter((one) => one.required && !(kept.answers[one.name] || '').trim());
    for (const one of form.questions) $('q-' + one.name + '-wrong').textContent = missing.includes(one) ? word('missing') : '';
    return missing;
  }

  async function send() {
    if (busy) return;
    busy = true;
    say('sending');
    kept.wanted = true; // it goes out by itself when there is a line again
    keep();
    try {
      await ask('answer', { answers: kept.answers });
      Object.assign(kept, { sent: true, wanted: false });
      keep();
      $('send').textContent = word('again_send');
      $('kept').textContent = '';
      say('sent', 'good');
    } catch (thrown) {
      refused(thrown);
    }
    busy = false;
  }

  function refused(thrown) {
    if (thrown.status === undefined || thrown.status >= 500 || thrown.status === 429) return say(form ? 'waiting' : 'fault', 'bad');
    kept.wanted = false;
    keep();
    if (thrown.status === 404) return over('dead');
    if (thrown.status === 409) return over('closed');
    say('fault', 'bad');
  }

  function over(name) {
    say(name, 'bad');
    $('form').hidden = true;
  }

  // What the programme can read in by hand, when no line holds.
  function file() {
    const lines = ['placement: ' + form.reference, ...form.questions.map((one) => one.name + ': ' + (kept.answers[one.name] || ''))];
    const link = element('a', { href: URL.createObjectURL(new Blob([lines.join('\n') + '\n'], { type: 'text/plain' })), download: 'evaluation-' + form.reference + '.txt' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function open() {
    try {
      form = await ask('open', {});
      // What was sent before comes back, unless something newer is written here.
      if (Object.keys(kept.answers).length === 0) Object.assign(kept, { answers: form.answers, sent: Object.keys(form.answers).length > 0 });
      form = { ...form, answers: {} };
      keep();
      say(kept.sent ? 'sent' : '', kept.sent ? 'good' : '');
      show();
      if (kept.wanted) await send();
    } catch (thrown) {
      show();
      refused(thrown);
    }
  }

  for (const [value, label] of Object.entries(names)) $('tongue').append(element('option', { value, textContent: label, selected: value === tongue }));
  $('tongue').addEventListener('change', () => { tongue = $('tongue').value; keep(); show(); });
  $('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const missing = lacking();
    if (missing.length === 0) return void send();
    say('wrong', 'bad');
    document.querySelector('[id^="q-' + missing[0].name + '"]:not(p)').focus();
  });
  $('save').addEventListener('click', file);
  addEventListener('online', () => { if (!form) void open(); else if (kept.wanted) void send(); });
  setInterval(() => { if (form && kept.wanted && navigator.onLine) void send(); }, 20000);
  show();
  if (!token) over('dead'); else void open();
})();
