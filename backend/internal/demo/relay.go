// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
)

// relaySkills are what the three lecturers of the relay have in common.
var relaySkills = []known{
	{"education.university-teaching", 4, 10, registry.ByReferee}, {"education.research-supervision", 4, 8, registry.WithExperience},
	{"education.curriculum-design", 3, 6, registry.WithExperience}, {"education.laboratory-teaching", 3, 7, registry.WithExperience},
	{"education.quantitative-research-methods", 3, 8, registry.Claimed}, {"agriculture.soil-management", 3, 10, registry.WithExperience},
}

// lecturer is one of the relay, who can be away for 21 days.
func lecturer(p registry.Professional, title, school string, graduated int, from, to day.Day) registry.Profile {
	p.OriginCountry, p.OriginLink, p.ResidenceCountry = "CD", "born", "BE"
	p.ResidenceStatus, p.RightOfReturn, p.ISCO, p.CVLanguage = "citizen", "yes", "2310", "fr"
	p.OccupationTitle, p.Onsite, p.Virtual, p.LongestDays, p.NoticeDays = title, true, true, 21, 60
	return registry.Profile{Professional: p,
		Languages: []registry.Language{mother("fr"), at("sw", 5, 3), at("en", 4, 4), at("nl", 3, 2)},
		Education: []registry.Education{
			{Level: 8, Field: "0811", Title: "Doctorat en sciences agronomiques", Institution: school, Country: "BE", Year: graduated},
			{Level: 7, Field: "0811", Title: "Diplôme d'ingénieur agronome", Institution: "Université de Lubumbashi", Country: "CD", Year: graduated - 6}},
		Experience: []registry.Experience{{Title: title, ISCO: "2310", Employer: school, Country: "BE", From: day.Day("2012-09-15").Add(365 * (graduated - 2011)),
			Description: "Enseignement universitaire en sciences du sol, encadrement de mémoires et de thèses, travaux pratiques de laboratoire."}},
		Availability: []registry.Window{{From: from, To: to}},
	}
}

func celestin() registry.Profile {
	return lecturer(registry.Professional{GivenName: "Célestin", FamilyName: "Kabeya", Sex: "male", BirthDate: "1976-06-08",
		ResidencePlace: "Bruxelles", YearsExperience: 15,
		Summary: "Chargé de cours en sciences du sol à Bruxelles, quinze ans d'enseignement.",
		CVText: "Originaire de Lubumbashi. J'enseigne les sciences du sol et j'encadre dix mémoires par an. " +
			"Je peux ouvrir le cours en février et transmettre mes supports à la collègue qui me suit."},
		"Chargé de cours", "Haute école agronomique, Bruxelles", 2011, "2027-02-08", "2027-02-28")
}

func therese() registry.Profile {
	return lecturer(registry.Professional{GivenName: "Thérèse", FamilyName: "Lubaki", Sex: "female", BirthDate: "1980-01-29",
		ResidencePlace: "Liège", YearsExperience: 12,
		Summary: "Chargée de cours à Liège : méthodes de recherche et statistique pour agronomes.",
		CVText: "J'ai étudié à Lubumbashi avant un doctorat à Liège. J'enseigne les méthodes de recherche quantitatives et la rédaction scientifique. " +
			"Je suis libre trois semaines entre février et mars."},
		"Chargée de cours", "Université, faculté d'agronomie, Liège", 2014, "2027-02-26", "2027-03-18")
}

func emmanuel() registry.Profile {
	return lecturer(registry.Professional{GivenName: "Emmanuel", FamilyName: "Tshiombo", Sex: "male", BirthDate: "1982-09-11",
		ResidencePlace: "Louvain", YearsExperience: 10,
		Summary: "Maître de conférences à Louvain, spécialiste des travaux pratiques de laboratoire en pédologie.",
		CVText: "Depuis dix ans, j'organise les travaux pratiques de laboratoire et l'évaluation des étudiants. " +
			"Je peux clore le cours à Lubumbashi et faire passer les examens avec les assistants."},
		"Maître de conférences", "Université, institut de pédologie, Louvain", 2016, "2027-03-16", "2027-04-05")
}

var mariamaSkills = []known{
	{"finance.public-sector-accounting", 4, 12, registry.ByReferee}, {"finance.financial-reporting", 4, 14, registry.WithExperience},
	{"finance.internal-control", 3, 10, registry.WithExperience}, {"finance.bank-reconciliation", 4, 16, registry.WithExperience},
	{"finance.ipsas", 3, 6, registry.WithExperience}, {"health.hospital-finance", 3, 7, registry.WithExperience},
	{"finance.accounting-training", 3, 4, registry.Claimed},
}

func mariama() registry.Profile {
	return registry.Profile{Professional: registry.Professional{
		GivenName: "Mariama", FamilyName: "Kpaka", Sex: "female", BirthDate: "1979-12-05", Phone: "+447700900808",
		OriginCountry: "SL", OriginLink: "born", ResidenceCountry: "GB", ResidencePlace: "London",
		ResidenceStatus: "citizen", RightOfReturn: "yes", OccupationTitle: "Public sector accountant", ISCO: "2411", YearsExperience: 17,
		Summary: "Accountant in the finance office of a London hospital trust; seventeen years in public accounts.",
		CVText: "Born in Bo, qualified in London.\n\n2014 – …: Senior accountant, hospital trust, London. Monthly closing, financial reporting, answers to external audit; " +
			"I trained eleven colleagues in internal control.\n\n2009 – 2014: Accountant, borough council, London. Public sector accounting and bank reconciliation.\n\n" +
			"I would like the finance office in Bo to close its own books, every month.",
		CVLanguage: "en", Onsite: true, Hybrid: true, LongestDays: 180, NoticeDays: 60},
		Languages: []registry.Language{mother("kri"), at("en", 6, 6), at("men", 4, 2)},
		Education: []registry.Education{{Level: 7, Field: "0411", Title: "Master's degree, public accounting", Institution: "University College, London", Country: "GB", Year: 2009}},
		Experience: []registry.Experience{
			{Title: "Senior accountant", ISCO: "2411", Employer: "Hospital trust, London", Country: "GB", From: "2014-02-01",
				Description: "Hospital finance, monthly closing, financial reporting, audit findings."},
			{Title: "Accountant", ISCO: "2411", Employer: "Borough council, London", Country: "GB", From: "2009-10-01", To: "2014-01-31",
				Description: "Public sector accounting, bank reconciliation, budget monitoring."}},
		Availability: []registry.Window{{From: "2027-02-15", To: "2027-09-30"}},
	}
}
