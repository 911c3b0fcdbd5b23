// SPDX-License-Identifier: AGPL-3.0-or-later

package portability

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/papers"
	"sankofa/backend/internal/privacy"
)

// Readable is the bundle as a PDF, in the language where we have it and else in English.
func Readable(b Bundle, language string) ([]byte, error) {
	w, ok := words[language]
	if !ok {
		language, w = "en", words["en"]
	}
	name := strings.TrimSpace(b.Profile.GivenName + " " + b.Profile.FamilyName)
	p := papers.New(papers.Options{Title: w["title"], Language: language, At: b.At, Footer: b.Profile.Pseudonym + " · " + b.At.Format(time.DateOnly)})
	p.Text(fmt.Sprintf(w["lead"], name, b.At.Format(time.DateOnly)))
	b.writeProfile(p, w)
	b.writeConsents(p, w, language)
	b.writeLooks(p, w)
	b.writeRankings(p, w)
	b.writeRecords(p, w)
	return p.Bytes()
}

// writeProfile writes what the person says of themselves.
func (b Bundle) writeProfile(p *papers.Paper, w map[string]string) {
	r := b.Profile
	p.Heading(w["profile"])
	for _, field := range []struct{ name, value string }{
		{"name", strings.TrimSpace(r.GivenName + " " + r.FamilyName)}, {"pseudonym", r.Pseudonym}, {"email", r.Email}, {"phone", r.Phone},
		{"birth", string(r.BirthDate)}, {"sex", r.Sex}, {"origin", r.OriginCountry}, {"residence", strings.TrimSpace(r.ResidencePlace + " " + r.ResidenceCountry)},
		{"occupation", r.OccupationTitle}, {"isco", r.ISCO}, {"years", strconv.Itoa(r.YearsExperience)}, {"summary", r.Summary}, {"cv", r.CVText},
	} {
		p.Field(w[field.name], field.value)
	}
	for _, s := range r.Skills {
		p.Field(w["skill"], fmt.Sprintf("%s (%d/4)", s.Label, s.Level))
	}
	for _, l := range r.Languages {
		level := l.Interaction.String()
		if l.Native {
			level = w["native"]
		}
		p.Field(w["language"], l.Language+" – "+level)
	}
	for _, e := range r.Experience {
		p.Field(w["post"], join(e.Title, e.Employer, e.Country, span(string(e.From), string(e.To)), e.Description))
	}
	for _, e := range r.Education {
		p.Field(w["education"], join(e.Title, e.Institution, e.Country, year(e.Year)))
	}
	for _, l := range r.Licences {
		p.Field(w["licence"], join(l.Body, l.Number, l.Country, span(string(l.ValidFrom), string(l.ValidUntil))))
	}
	for _, v := range r.Availability {
		p.Field(w["free"], span(string(v.From), string(v.To)))
	}
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), " · ")
}

func span(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	return from + " – " + to
}

func (b Bundle) writeConsents(p *papers.Paper, w map[string]string, language string) {
	p.Heading(w["consents"])
	for _, c := range b.Consents {
		state := w["consent."+string(c.Status)]
		if c.Status != privacy.None {
			state += " (" + c.GivenAt.Format(time.DateOnly) + ", " + c.NoticeVersion + ")"
		}
		p.Field(privacy.CurrentNotice(c.Purpose, language).Title, state)
	}
}

func (b Bundle) writeLooks(p *papers.Paper, w map[string]string) {
	p.Heading(w["recipients"])
	if len(b.Recipients) == 0 {
		p.Text(w["nobody"])
	}
	for _, r := range b.Recipients {
		p.Field(r.Organisation, fmt.Sprintf("%d × %s", r.Times, span(r.First.Format(time.DateOnly), r.Last.Format(time.DateOnly))))
	}
	if len(b.Looks) == 0 {
		return
	}
	p.Heading(w["looks"])
	for i, l := range b.Looks {
		if i == mostListed {
			p.Text(fmt.Sprintf(w["more"], len(b.Looks)-mostListed))
			return
		}
		p.Field(l.At.Format("2006-01-02 15:04"), join(l.Organisation, l.Role, l.What, l.Need))
	}
}

// mostListed bounds what is printed one by one; the JSON has it all.
const mostListed = 300

func (b Bundle) writeRankings(p *papers.Paper, w map[string]string) {
	if len(b.Rankings) == 0 {
		return
	}
	p.Heading(w["rankings"])
	p.Text(w["rankings_lead"])
	for _, r := range b.Rankings {
		p.Field(r.Need+" "+r.TakenAt.Format(time.DateOnly), fmt.Sprintf(w["place"], r.Rank, r.Score, r.OutOf))
	}
}

// writeRecords lists which tables hold something, what for and how long.
func (b Bundle) writeRecords(p *papers.Paper, w map[string]string) {
	p.Heading(w["records"])
	p.Text(w["records_lead"])
	for _, table := range inventory.Tables() {
		if n := len(b.Records[table.Name]); n > 0 {
			p.Field(table.Name, fmt.Sprintf("%d – %s", n, table.Purpose))
		}
	}
}

// words are those of the page, by language.
var words = map[string]map[string]string{
	"en": {"title": "What is held about you", "lead": "%s: everything that Sankofa held about you on %s.", "profile": "Your profile", "name": "Name", "pseudonym": "Pseudonym",
		"email": "E-mail", "phone": "Telephone", "birth": "Date of birth", "sex": "Sex", "origin": "Country of origin", "residence": "Lives in", "occupation": "Occupation",
		"isco": "Occupation (ISCO-08)", "years": "Years of experience", "summary": "Summary", "cv": "CV", "skill": "Skill", "language": "Language", "native": "first language",
		"post": "Post", "education": "Education", "licence": "Registration", "free": "Free", "consents": "What you agreed to", "consent.active": "agreed", "consent.withdrawn": "withdrawn",
		"consent.none": "not agreed", "recipients": "Who was shown something", "nobody": "Nobody.", "looks": "Each look, newest first", "more": "And %d more: the JSON export has them all.",
		"rankings": "Rankings that were kept", "rankings_lead": "A ranking is advice; people decide. You may ask for a person to look again.", "place": "place %d, %d of %d points",
		"records": "Where it stands", "records_lead": "Rows by table, and what each is for. The JSON export has every value."},
	"fr": {"title": "Ce que nous conservons sur vous", "lead": "%s : tout ce que Sankofa conservait sur vous le %s.", "profile": "Votre profil", "name": "Nom", "pseudonym": "Pseudonyme",
		"email": "Courriel", "phone": "Téléphone", "birth": "Date de naissance", "sex": "Sexe", "origin": "Pays d’origine", "residence": "Vit à", "occupation": "Métier",
		"isco": "Métier (CITP-08)", "years": "Années d’expérience", "summary": "Résumé", "cv": "CV", "skill": "Compétence", "language": "Langue", "native": "langue maternelle",
		"post": "Poste", "education": "Formation", "licence": "Inscription à l’ordre", "free": "Disponible", "consents": "Ce que vous avez accepté", "consent.active": "accepté", "consent.withdrawn": "retiré",
		"consent.none": "non accepté", "recipients": "Qui a vu quelque chose", "nobody": "Personne.", "looks": "Chaque consultation, la plus récente d’abord", "more": "Et %d autres : l’export JSON les contient toutes.",
		"rankings": "Classements conservés", "rankings_lead": "Un classement est un conseil ; des personnes décident. Vous pouvez demander qu’une personne regarde à nouveau.", "place": "rang %d, %d points sur %d",
		"records": "Où cela se trouve", "records_lead": "Lignes par table, et à quoi chacune sert (en anglais). L’export JSON contient chaque valeur."},
	"pt": {"title": "O que guardamos sobre si", "lead": "%s: tudo o que a Sankofa guardava sobre si em %s.", "profile": "O seu perfil", "name": "Nome", "pseudonym": "Pseudónimo",
		"email": "E-mail", "phone": "Telefone", "birth": "Data de nascimento", "sex": "Sexo", "origin": "País de origem", "residence": "Vive em", "occupation": "Profissão",
		"isco": "Profissão (CITP-08)", "years": "Anos de experiência", "summary": "Resumo", "cv": "CV", "skill": "Competência", "language": "Língua", "native": "língua materna",
		"post": "Cargo", "education": "Formação", "licence": "Inscrição na ordem", "free": "Disponível", "consents": "O que aceitou", "consent.active": "aceite", "consent.withdrawn": "retirado",
		"consent.none": "não aceite", "recipients": "Quem viu alguma coisa", "nobody": "Ninguém.", "looks": "Cada consulta, a mais recente primeiro", "more": "E mais %d: a exportação JSON tem todas.",
		"rankings": "Classificações guardadas", "rankings_lead": "Uma classificação é um conselho; quem decide são pessoas. Pode pedir que uma pessoa volte a ver.", "place": "lugar %d, %d de %d pontos",
		"records": "Onde está", "records_lead": "Linhas por tabela e para que serve cada uma (em inglês). A exportação JSON tem todos os valores."},
	"ar": {"title": "ما نحتفظ به عنك", "lead": "%s: كل ما كانت سانكوفا تحتفظ به عنك في %s.", "profile": "ملفك", "name": "الاسم", "pseudonym": "الاسم المستعار",
		"email": "البريد الإلكتروني", "phone": "الهاتف", "birth": "تاريخ الميلاد", "sex": "الجنس", "origin": "بلد الأصل", "residence": "مكان الإقامة", "occupation": "المهنة",
		"isco": "رمز المهنة", "years": "سنوات الخبرة", "summary": "ملخص", "cv": "السيرة الذاتية", "skill": "مهارة", "language": "لغة", "native": "اللغة الأم",
		"post": "وظيفة", "education": "تعليم", "licence": "تسجيل مهني", "free": "متاح", "consents": "ما وافقت عليه", "consent.active": "موافقة", "consent.withdrawn": "سُحبت",
		"consent.none": "دون موافقة", "recipients": "من اطّلع على شيء", "nobody": "لا أحد.", "looks": "كل اطلاع، الأحدث أولا", "more": "و%d أخرى: تجدها كلها في ملف JSON.",
		"rankings": "ترتيبات محفوظة", "rankings_lead": "الترتيب نصيحة، والقرار للناس. يمكنك أن تطلب أن ينظر شخص من جديد.", "place": "المرتبة %d، %d من %d نقطة",
		"records": "أين يوجد", "records_lead": "عدد السجلات في كل جدول والغرض منه (بالإنجليزية). وفي ملف JSON كل قيمة."},
}
