// SPDX-License-Identifier: AGPL-3.0-or-later

package intake_test

import (
	"testing"

	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/store/storetest"
)

// headerSets are headings as associations' forms have them, written down after
// the synonyms were, each with a row of values and what each column is about.
var headerSets = []struct {
	language string
	header   string
	row      string
	want     []intake.Field
}{
	{"en", "Timestamp;Your full name;Email Address;Mobile / WhatsApp number;Country where you currently live;City;Nationality;What is your profession?;Total years of experience;Main skills",
		"2026-10-01 10:00:00;Ama Boateng;ama@example.org;+31201234567;Netherlands;Utrecht;Ghanaian;Midwife;14;obstetrics, training",
		[]intake.Field{"", intake.FullName, intake.Email, intake.Phone, intake.ResidenceCountry, intake.ResidencePlace, intake.OriginCountry, intake.Occupation, intake.Years, intake.Skills}},
	{"en", "No.;SURNAME;OTHER NAMES;SEX;D.O.B;TEL. NO.;E-MAIL;PLACE OF WORK;JOB TITLE;HIGHEST QUALIFICATION",
		"1;BOATENG;Ama;F;13/03/1988;0201234567;ama@example.org;Hospital;Nurse;BSc",
		[]intake.Field{"", intake.FamilyName, intake.GivenName, intake.Sex, intake.BirthDate, intake.Phone, intake.Email, intake.Employer, intake.Occupation, intake.EducationLevel}},
	{"fr", "N°;Nom;Prénom(s);Sexe (H/F);Date de naissance;Adresse mail;Tél. portable;Pays de résidence;Ville;Profession exercée;Niveau d'études;Langues parlées",
		"1;Diop;Awa;F;13/03/1988;awa@example.org;0612345678;France;Lyon;Infirmière;Licence;Français, Wolof",
		[]intake.Field{"", intake.FamilyName, intake.GivenName, intake.Sex, intake.BirthDate, intake.Email, intake.Phone, intake.ResidenceCountry, intake.ResidencePlace, intake.Occupation, intake.EducationLevel, intake.Languages}},
	{"fr", "Horodateur;Nom et prénom du membre;Votre courriel;Numéro de téléphone (avec indicatif);Pays d'origine;Métier / profession;Nombre d'années d'expérience professionnelle;Domaines de compétences;Disponible à partir de;Commentaires",
		"01/10/2026;Diop Awa;awa@example.org;+33612345678;Sénégal;Comptable;7;gestion, audit;01/03/2027;rien",
		[]intake.Field{"", intake.FullName, intake.Email, intake.Phone, intake.OriginCountry, intake.Occupation, intake.Years, intake.Skills, intake.AvailableFrom, ""}},
	{"pt", "Nº de sócio;Nome completo;Data de nascimento;Contacto telefónico;Endereço de e-mail;País onde reside actualmente;Localidade;Naturalidade;Profissão atual;Habilitações literárias;Idiomas",
		"12;Maria Tavares;13/03/1988;+351912345678;maria@example.org;Portugal;Amadora;Cabo Verde;Enfermeira;Licenciatura;Português, Francês",
		[]intake.Field{"", intake.FullName, intake.BirthDate, intake.Phone, intake.Email, intake.ResidenceCountry, intake.ResidencePlace, intake.OriginCountry, intake.Occupation, intake.EducationLevel, intake.Languages}},
	{"pt", "Primeiro nome;Último nome;Género;Correio eletrónico;Telemóvel;Morada;Área de formação;Anos de experiência profissional;Competências técnicas",
		"João;Silva;Masculino;joao@example.org;912345678;Lisboa;Direito;10;contabilidade",
		[]intake.Field{intake.GivenName, intake.FamilyName, intake.Sex, intake.Email, intake.Phone, intake.ResidencePlace, intake.EducationField, intake.Years, intake.Skills}},
	{"es", "Nombre y apellidos;Correo electrónico de contacto;Teléfono móvil;País de origen;País de residencia;Ciudad;Profesión u oficio;Nivel de estudios alcanzado;Idiomas que habla",
		"Ana Nguema;ana@example.org;+34612345678;Guinea Ecuatorial;España;Madrid;Enfermera;Grado;Español, Francés",
		[]intake.Field{intake.FullName, intake.Email, intake.Phone, intake.OriginCountry, intake.ResidenceCountry, intake.ResidencePlace, intake.Occupation, intake.EducationLevel, intake.Languages}},
	{"it", "Cognome;Nome;Data di nascita;Cittadinanza;Comune di residenza;Indirizzo e-mail;Numero di cellulare;Professione attuale;Titolo di studio conseguito;Lingue conosciute",
		"Diop;Moussa;13/03/1988;Senegalese;Brescia;moussa@example.org;+393331234567;Agronomo;Laurea;Italiano, Wolof",
		[]intake.Field{intake.FamilyName, intake.GivenName, intake.BirthDate, intake.OriginCountry, intake.ResidencePlace, intake.Email, intake.Phone, intake.Occupation, intake.EducationLevel, intake.Languages}},
	{"ar", "م;الاسم الثلاثي;الجنس;تاريخ الميلاد;رقم الجوال;البريد الالكتروني;بلد الإقامة الحالي;المهنة الحالية;سنوات الخبرة العملية;المؤهل العلمي",
		"1;محمد علي حسن;ذكر;13/03/1988;+4915112345678;m@example.org;ألمانيا;مهندس;10;بكالوريوس",
		[]intake.Field{"", intake.FullName, intake.Sex, intake.BirthDate, intake.Phone, intake.Email, intake.ResidenceCountry, intake.Occupation, intake.Years, intake.EducationLevel}},
	{"en", "first_name;last_name;email;phone_number;country_of_origin;current_country;occupation;languages_spoken;available_from;linkedin",
		"Ama;Boateng;ama@example.org;+31201234567;Ghana;Netherlands;Midwife;English, Twi;2027-03-01;https://example.org/ama",
		[]intake.Field{intake.GivenName, intake.FamilyName, intake.Email, intake.Phone, intake.OriginCountry, intake.ResidenceCountry, intake.Occupation, intake.Languages, intake.AvailableFrom, ""}},
}

func TestNineOfTenColumnsAreUnderstoodOnHeadersThatNobodyHadSeen(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	right, all := 0, 0
	for _, set := range headerSets {
		f := w.uploaded(set.header + "\n" + set.row + "\n")
		for i, want := range set.want {
			all++
			if got := f.Reading.Columns[i]; got.Field == want {
				right++
			} else {
				t.Logf("%s: %q is taken for %q, and is %q", set.language, got.Name, got.Field, want)
			}
		}
	}
	t.Logf("%d of %d columns", right, all)
	if right*10 < all*9 {
		t.Errorf("%d of %d columns are understood, want nine of ten", right, all)
	}
}

func TestAMappingIsRememberedForTheNextFileWithTheseHeaders(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	f := w.uploaded("Who;Where to write\nAma;ama@example.org\n")
	set := f.Settings
	set.Columns = map[int]intake.Choice{0: {Field: intake.GivenName}, 1: {Field: intake.Email}}
	if _, err := w.Intake.Adjust(t.Context(), w.Association, f.ID, f.Version, set); err != nil {
		t.Fatal(err)
	}
	next := w.uploaded("Where to write;Who\nkofi@example.org;Kofi\n")
	if c := next.Reading.Columns; c[0].Field != intake.Email || c[1].Field != intake.GivenName || !c[0].Chosen {
		t.Errorf("the next file: %+v", c)
	}
}
