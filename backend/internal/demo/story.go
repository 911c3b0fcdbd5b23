// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"time"

	"sankofa/backend/internal/registry"
)

// The pseudonyms of the people of the stories. They never change, so that a
// walk through the demonstration can name them.
const (
	AmaBoateng       = "P-9XQ4-T7ZC" // story 1: midwife, Amsterdam, for Kumasi
	HodanWarsame     = "P-3VKD-8N5E" // story 2: nurse, Helsinki, for Hargeisa
	MoussaDiop       = "P-6GRW-2JHS" // story 3: agronomist, Modena, for Thiès
	CelestinKabeya   = "P-D5YB-41PM" // story 7: lecturer, Brussels, first of the relay
	ThereseLubaki    = "P-K8CE-09TV" // story 7: lecturer, Liège, second of the relay
	EmmanuelTshiombo = "P-1ZNF-73QX" // story 7: lecturer, Louvain, third of the relay
	MariamaKpaka     = "P-W4HT-5S6J" // story 8: accountant, London, for Bo
)

// story is a person of the stories as they are told.
type story struct {
	number    int    // of the story
	need      string // that the story is about
	pseudonym string
	mailbox   string
	locale    string // of the account
	profile   func() registry.Profile
	skills    []known
}

// known is a skill of a person of the stories; the words come from the
// vocabulary, in the language of the profile.
type known struct {
	concept  string
	level    int
	years    int
	evidence registry.Evidence
}

// stories lists the people of the stories: the first people of every demonstration.
var stories = []story{
	{1, "DEMO-01", AmaBoateng, "ama.boateng", "en", ama, amaSkills},
	{2, "DEMO-02", HodanWarsame, "hodan.warsame", "en", hodan, hodanSkills},
	{3, "DEMO-03", MoussaDiop, "professional", "fr", moussa, moussaSkills},
	{7, "DEMO-07", CelestinKabeya, "celestin.kabeya", "fr", celestin, relaySkills},
	{7, "DEMO-07", ThereseLubaki, "therese.lubaki", "fr", therese, relaySkills},
	{7, "DEMO-07", EmmanuelTshiombo, "emmanuel.tshiombo", "fr", emmanuel, relaySkills},
	{8, "DEMO-08", MariamaKpaka, "mariama.kpaka", "en", mariama, mariamaSkills},
}

// reserved are the pseudonyms that nobody else gets.
var reserved = func() map[string]bool {
	all := map[string]bool{}
	for _, s := range stories {
		all[s.pseudonym] = true
	}
	return all
}()

// characters are the names that nobody else gets.
var characters = func() map[[2]string]bool {
	all := map[[2]string]bool{}
	for _, s := range stories {
		p := s.profile()
		all[[2]string{p.GivenName, p.FamilyName}] = true
	}
	return all
}()

// isCharacter tells whether somebody of the stories has the name.
func isCharacter(given, family string) bool { return characters[[2]string{given, family}] }

// character returns a person of the stories.
func (m *maker) character(index int) person {
	s := stories[index]
	p := s.profile()
	p.Pseudonym, p.Demo, p.Email = s.pseudonym, true, s.mailbox+"@"+domain
	confirmed := time.Date(year, 9, 15, 9, 0, 0, 0, time.UTC)
	p.State, p.Visible, p.ConfirmedAt = registry.Active, true, &confirmed
	for _, k := range s.skills {
		p.Skills = append(p.Skills, registry.Skill{Concept: k.concept, Label: m.tax.Label(k.concept, p.CVLanguage),
			Level: k.level, Years: k.years, LastUsed: year, Evidence: k.evidence})
	}
	return person{Profile: p, association: associationOf[p.ResidenceCountry]}
}

// mother is a language that somebody grew up with.
func mother(language string) registry.Language {
	return registry.Language{Language: language, Native: true, Listening: 6, Reading: 6, Interaction: 6, Production: 6, Writing: 6}
}

// at is a language known at one level when spoken and at another when written.
func at(language string, spoken, written registry.CEFR) registry.Language {
	return registry.Language{Language: language, Listening: spoken, Reading: written, Interaction: spoken, Production: spoken, Writing: written}
}

var amaSkills = []known{
	{"health.emergency-obstetric-care", 4, 10, registry.ByReferee}, {"health.postpartum-haemorrhage-management", 4, 10, registry.WithExperience},
	{"health.labour-and-delivery-care", 4, 14, registry.ByReferee}, {"health.newborn-resuscitation", 3, 12, registry.WithExperience},
	{"health.clinical-simulation", 3, 5, registry.WithExperience}, {"health.pre-eclampsia-management", 3, 9, registry.Claimed},
}

func ama() registry.Profile {
	return registry.Profile{Professional: registry.Professional{
		GivenName: "Ama", FamilyName: "Boateng", Sex: "female", BirthDate: "1988-03-17",
		OriginCountry: "GH", OriginLink: "born", ResidenceCountry: "NL", ResidencePlace: "Amsterdam",
		ResidenceStatus: "citizen", RightOfReturn: "yes", OccupationTitle: "Midwife", ISCO: "2222", YearsExperience: 14,
		Summary: "Midwife on the labour ward of a large hospital, with fourteen years of practice. I lead our emergency drills.",
		CVText: "Trained in Kumasi, registered in the Netherlands since 2012.\n\n2012 – …: Midwife, City Hospital, Amsterdam. Labour and delivery care for high-risk births; " +
			"I lead the drills in emergency obstetric care and teach newborn resuscitation to new staff. Severe bleeding after birth fell by a third in three years.\n\n" +
			"2010 – 2012: Staff midwife, district hospital, Ejisu.\n\nI would like to run drills with midwives in Kumasi until they run them without me.",
		CVLanguage: "en", Onsite: true, Virtual: true, LongestDays: 90, NoticeDays: 60},
		Languages: []registry.Language{mother("tw"), at("en", 5, 5), at("nl", 5, 5)},
		Education: []registry.Education{{Level: 6, Field: "0913", Title: "Bachelor of Midwifery", Institution: "School of Midwifery, Kumasi", Country: "GH", Year: 2010}},
		Licences: []registry.Licence{{Body: "BIG-register", Number: "DEMO-000001", Country: "NL", ISCO: "2222", ValidFrom: "2012-06-01",
			ValidUntil: "2029-05-31", GoodStandingOn: "2026-09-15"}},
		Experience: []registry.Experience{
			{Title: "Midwife", ISCO: "2222", Employer: "City Hospital, Amsterdam", Country: "NL", From: "2012-06-01",
				Description: "Labour and delivery care, emergency obstetric care, drills with the whole team."},
			{Title: "Staff midwife", ISCO: "2222", Employer: "District hospital, Ejisu", Country: "GH", From: "2010-09-01", To: "2012-04-30",
				Description: "Antenatal care and labour ward; referral of emergencies to Kumasi."}},
		Availability: []registry.Window{{From: "2027-01-18", To: "2027-05-09"}},
	}
}

var hodanSkills = []known{
	{"health.neonatal-care", 4, 9, registry.ByReferee}, {"health.newborn-resuscitation", 4, 9, registry.WithExperience},
	{"health.kangaroo-mother-care", 4, 7, registry.WithExperience}, {"health.infection-prevention-and-control", 3, 8, registry.WithExperience},
	{"health.bubble-cpap", 3, 6, registry.WithExperience}, {"health.breastfeeding-support", 3, 8, registry.Claimed},
	{"health.clinical-mentoring", 3, 4, registry.ByReferee},
}

func hodan() registry.Profile {
	return registry.Profile{Professional: registry.Professional{
		GivenName: "Hodan", FamilyName: "Warsame", Sex: "female", BirthDate: "1990-11-02",
		OriginCountry: "SO", OriginLink: "born", ResidenceCountry: "FI", ResidencePlace: "Helsinki",
		ResidenceStatus: "citizen", RightOfReturn: "yes", OccupationTitle: "Neonatal nurse", ISCO: "2221", YearsExperience: 11,
		Summary: "Nurse in a neonatal unit in Helsinki for nine years. I mentor new colleagues and work in Finnish, Somali and English.",
		CVText: "2017 – …: Neonatal nurse, University Children's Ward, Helsinki. Intensive and special care of small babies: kangaroo mother care, bubble CPAP, " +
			"feeding with breast milk. Since 2022 I mentor four new nurses a year.\n\n2015 – 2017: Nurse, internal medicine ward, Vantaa.\n\n" +
			"My employer grants unpaid leave for a stay of six months. I want mothers in Hargeisa to hold their babies, and nurses to trust their own numbers.",
		CVLanguage: "en", Onsite: true, LongestDays: 200, NoticeDays: 60},
		Languages: []registry.Language{mother("so"), at("fi", 5, 5), at("en", 5, 4), at("ar", 2, 2)},
		Education: []registry.Education{{Level: 6, Field: "0913", Title: "Bachelor of Health Care, Nursing", Institution: "University of Applied Sciences, Helsinki", Country: "FI", Year: 2015}},
		Licences: []registry.Licence{{Body: "Valvira", Number: "DEMO-000002", Country: "FI", ISCO: "2221", ValidFrom: "2015-06-15",
			ValidUntil: "2030-12-31", GoodStandingOn: "2026-08-20"}},
		Experience: []registry.Experience{
			{Title: "Neonatal nurse", ISCO: "2221", Employer: "University Children's Ward, Helsinki", Country: "FI", From: "2017-08-01",
				Description: "Neonatal care, kangaroo mother care, newborn resuscitation; mentor of new nurses."},
			{Title: "Nurse", ISCO: "2221", Employer: "City Hospital, Vantaa", Country: "FI", From: "2015-07-01", To: "2017-07-31",
				Description: "Internal medicine ward; infection prevention and control link nurse."}},
		Availability: []registry.Window{{From: "2027-01-04", To: "2027-08-15"}},
	}
}

var moussaSkills = []known{
	{"agriculture.drip-irrigation", 4, 11, registry.ByReferee}, {"agriculture.irrigation-scheduling", 4, 9, registry.ByReferee},
	{"agriculture.vegetable-growing", 3, 12, registry.ByReferee}, {"agriculture.farmer-training", 3, 6, registry.ByReferee},
	{"agriculture.fertiliser-use", 3, 8, registry.WithExperience}, {"agriculture.solar-pumping", 3, 4, registry.WithExperience},
	{"agriculture.soil-fertility", 3, 8, registry.WithExperience}, {"agriculture.greenhouse-growing", 2, 5, registry.Claimed},
}

// moussa writes nothing but Italian: what he has in common with a French text is
// the concepts, not the words.
func moussa() registry.Profile {
	return registry.Profile{Professional: registry.Professional{
		GivenName: "Moussa", FamilyName: "Diop", Sex: "male", BirthDate: "1985-05-23",
		OriginCountry: "SN", OriginLink: "born", ResidenceCountry: "IT", ResidencePlace: "Modena",
		ResidenceStatus: "permanent", RightOfReturn: "yes", RightOfReturnUntil: "2031-02-28",
		OccupationTitle: "Agronomo", ISCO: "2132", YearsExperience: 12,
		Summary: "Agronomo a Modena, dodici anni di lavoro con aziende orticole: irrigazione a goccia, turni irrigui e formazione dei produttori.",
		CVText: "Sono nato vicino a Thiès e mi sono laureato a Bologna.\n\n2016 – …: Agronomo, Consorzio di bonifica della pianura modenese. Progetto e collaudo di impianti " +
			"di irrigazione a goccia per pomodoro, cipolla e peperone; calcolo del fabbisogno idrico delle colture; riduzione del consumo d'acqua di un quarto in sessanta aziende.\n\n" +
			"2014 – 2016: Tecnico di campo, Cooperativa ortofrutticola di Ravenna. Coltivazione di ortaggi e concimazione.\n\n" +
			"Ogni inverno tengo corsi per produttori. In estate posso assentarmi quaranta giorni e vorrei lavorare con i tecnici di Thiès, non al loro posto.",
		CVLanguage: "it", Onsite: true, Virtual: true, Hybrid: true, LongestDays: 60, NoticeDays: 45},
		Languages: []registry.Language{mother("wo"), at("it", 5, 5), at("fr", 4, 4)},
		Education: []registry.Education{
			{Level: 7, Field: "0811", Title: "Laurea magistrale in scienze e tecnologie agrarie", Institution: "Università degli studi, Bologna", Country: "IT", Year: 2014},
			{Level: 6, Field: "0811", Title: "Laurea in scienze agrarie", Institution: "Università degli studi, Bologna", Country: "IT", Year: 2012}},
		Experience: []registry.Experience{
			{Title: "Agronomo", ISCO: "2132", Employer: "Consorzio di bonifica della pianura modenese", Country: "IT", From: "2016-03-01",
				Description: "Impianti di irrigazione a goccia, programmazione irrigua e assistenza a sessanta aziende orticole; pompaggio solare in dodici di esse."},
			{Title: "Tecnico di campo", ISCO: "3142", Employer: "Cooperativa ortofrutticola di Ravenna", Country: "IT", From: "2014-09-01", To: "2016-02-28",
				Description: "Coltivazione di ortaggi, concimazione, fertilità del suolo."}},
		Availability: []registry.Window{{From: "2027-06-01", To: "2027-07-31"}},
	}
}
